-- Tables about a dataset's source that are public elsewhere. Their figures stand in data_release_chunk under the table's id.
CREATE TABLE known_table (
    id            BINARY(16)    NOT NULL PRIMARY KEY,
    dataset       VARCHAR(64)   NOT NULL,
    address       VARCHAR(1000) NOT NULL,
    edition_date  VARCHAR(10)   NOT NULL,            -- 2020, 2020-12 or 2020-12-31
    file_digest   BINARY(32)    NOT NULL,            -- SHA-256 of the file
    digest        BINARY(32)    NOT NULL,            -- of the figures
    observations  BIGINT        NOT NULL,
    registered_by BINARY(16)    NOT NULL,
    registered_us BIGINT        NOT NULL,
    entry         BIGINT        NOT NULL,            -- journal entry of the registration
    UNIQUE KEY known_table_figures (dataset, digest),
    CONSTRAINT known_table_dataset FOREIGN KEY (dataset) REFERENCES dataset (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- That small counts of a release go out although they are small, since they are public elsewhere: one person's decision.
CREATE TABLE release_public_cells (
    release_id BINARY(16)   NOT NULL PRIMARY KEY,
    decided_by BINARY(16)   NOT NULL,
    name       VARCHAR(200) NOT NULL,
    reason     TEXT         NOT NULL,
    decided_us BIGINT       NOT NULL,
    entry      BIGINT       NOT NULL                 -- journal entry of the decision
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
