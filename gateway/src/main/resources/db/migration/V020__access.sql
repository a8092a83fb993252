-- Staff users of this node and what they may do.
CREATE TABLE staff_user (
    id              BINARY(16)   NOT NULL PRIMARY KEY,
    name            VARCHAR(64)  NOT NULL,            -- sign-in name, lower case
    full_name       VARCHAR(200) NOT NULL,
    password_hash   VARCHAR(200) NOT NULL,            -- PHC string, argon2id
    enabled         BOOLEAN      NOT NULL,
    session_epoch   BIGINT       NOT NULL,            -- raised by every change; tokens of an earlier epoch end
    failures        INT          NOT NULL,            -- failed sign-ins since the last good one
    locked_until_us BIGINT       NULL,
    created_us      BIGINT       NOT NULL,
    UNIQUE KEY staff_user_name (name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE staff_grant (
    user_id   BINARY(16)  NOT NULL,
    role      VARCHAR(32) NOT NULL,
    authority VARCHAR(64) NOT NULL,                   -- '' = for every authority of the party
    PRIMARY KEY (user_id, role, authority),
    CONSTRAINT staff_grant_user FOREIGN KEY (user_id) REFERENCES staff_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
