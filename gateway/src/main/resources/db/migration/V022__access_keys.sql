-- Personal keys with which a user's tools read SDMX data and structures, and nothing else.
CREATE TABLE access_key (
    id            BINARY(16)   NOT NULL PRIMARY KEY,
    user_id       BINARY(16)   NOT NULL,
    name          VARCHAR(100) NOT NULL,              -- what the user calls it
    digest        BINARY(32)   NOT NULL,              -- SHA-256 of the key; the key itself is shown once and not kept
    created_us    BIGINT       NOT NULL,
    expires_us    BIGINT       NOT NULL,
    revoked_us    BIGINT       NULL,
    last_used_us  BIGINT       NULL,                  -- to the minute
    journal_index BIGINT       NOT NULL,
    KEY access_key_user (user_id),
    CONSTRAINT access_key_user FOREIGN KEY (user_id) REFERENCES staff_user (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
