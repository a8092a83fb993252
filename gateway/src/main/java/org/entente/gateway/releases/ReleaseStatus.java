package org.entente.gateway.releases;

import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Whether the office expects to revise the figures. */
public enum ReleaseStatus {
    PROVISIONAL("P"),
    FINAL("F");

    private final String code;

    ReleaseStatus(String code) {
        this.code = code;
    }

    /** The code of the attribute with the role RELEASE_STATUS. */
    public String code() {
        return code;
    }

    /** @throws EntenteException {@code request-malformed} */
    public static ReleaseStatus parse(@Nullable String text) {
        for (ReleaseStatus status : values()) {
            if (status.name().equalsIgnoreCase(text)) {
                return status;
            }
        }
        throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The status of a release is provisional or final.");
    }
}
