package org.entente.gateway.access;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** Gives controllers the signed-in user as a parameter of type {@link StaffUser}. */
@Singleton
final class StaffUserBinder implements TypedRequestArgumentBinder<StaffUser> {

    @Override
    public Argument<StaffUser> argumentType() {
        return Argument.of(StaffUser.class);
    }

    @Override
    public BindingResult<StaffUser> bind(ArgumentConversionContext<StaffUser> context, HttpRequest<?> request) {
        StaffUser user = request.getAttribute(StaffSessions.ATTRIBUTE, StaffUser.class)
                .orElseThrow(() -> new EntenteException(ErrorCode.UNAUTHENTICATED, "Nobody is signed in."));
        return () -> Optional.of(user);
    }
}
