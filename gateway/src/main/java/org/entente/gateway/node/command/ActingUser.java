package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who acts, for acts that need a role or a second pair of eyes: a staff user, who proves it with the password. */
final class ActingUser {

    @Option(names = "--as", required = true, paramLabel = "USER", description = "The staff user who acts.")
    private String name = "";

    @Mixin
    private PasswordOption password = new PasswordOption();

    /** Signs the user in; refused as at the staff listener. */
    StaffUser signIn(ApplicationContext node) {
        return node.getBean(Users.class).authenticate(name, password.read(name));
    }
}
