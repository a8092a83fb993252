package org.entente.gateway.base;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure with a code of the catalogue. Its detail and members are shown to the caller as they are: they
 * never hold a secret, a stack trace or another party's data.
 */
public class EntenteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;
    private final transient Map<String, Object> members;

    /** @param detail one sentence that names what exactly is wrong in this case */
    public EntenteException(ErrorCode code, String detail) {
        this(code, detail, Map.of(), null);
    }

    public EntenteException(ErrorCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, Map.of(), cause);
    }

    /** @param members further members of the problem document, such as {@code row} or {@code legs} */
    public EntenteException(ErrorCode code, String detail, Map<String, ?> members) {
        this(code, detail, members, null);
    }

    public EntenteException(ErrorCode code, String detail, Map<String, ?> members, @Nullable Throwable cause) {
        super(code.code() + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
        this.members = new LinkedHashMap<>(members);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** Further members of the problem document, in order. */
    public Map<String, Object> members() {
        return java.util.Collections.unmodifiableMap(members);
    }
}
