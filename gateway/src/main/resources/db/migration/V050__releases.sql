-- Declared datasets; a declaration is never changed.
CREATE TABLE dataset (
    id          VARCHAR(64)  NOT NULL PRIMARY KEY,
    dataflow    VARCHAR(200) NOT NULL,               -- AGENCY:ID(VERSION)
    authority   VARCHAR(64)  NOT NULL,               -- the office that owns it
    declaration LONGTEXT     NOT NULL,               -- JSON: title, coverage, absent cells, sums
    declared_by BINARY(16)   NOT NULL,
    declared_us BIGINT       NOT NULL,
    entry       BIGINT       NOT NULL                -- journal entry of the declaration
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Releases and editions; figures and digests never change, the state moves on.
CREATE TABLE data_release (
    id            BINARY(16)  NOT NULL PRIMARY KEY,
    dataset       VARCHAR(64) NOT NULL,
    number        INT         NOT NULL,
    edition       INT         NOT NULL,
    status        VARCHAR(16) NOT NULL,              -- PROVISIONAL, FINAL
    state         VARCHAR(16) NOT NULL,              -- IMPORTED, APPROVED, PUBLISHED
    protection    LONGTEXT    NOT NULL,              -- JSON
    digest        BINARY(32)  NOT NULL,              -- of the figures
    pattern       BINARY(32)  NOT NULL,              -- of the withheld cells
    observations  BIGINT      NOT NULL,
    differences   LONGTEXT    NOT NULL,              -- JSON: totals that differ within the tolerance
    imported_by   BINARY(16)  NOT NULL,
    imported_us   BIGINT      NOT NULL,
    import_entry  BIGINT      NOT NULL,
    approved_by   BINARY(16)  NULL,
    approver_name VARCHAR(200) NULL,
    approved_us   BIGINT      NULL,
    approve_entry BIGINT      NULL,
    reason        TEXT        NULL,                  -- why the differences were accepted
    groups_out    VARCHAR(200) NOT NULL,             -- sensitive groups that the approver lets out, by comma
    published_us  BIGINT      NULL,
    publish_entry BIGINT      NULL,
    UNIQUE KEY data_release_number (dataset, number, edition),
    KEY data_release_state (state),
    CONSTRAINT data_release_dataset FOREIGN KEY (dataset) REFERENCES dataset (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Figures as compressed columns. Written before the release they belong to, so there is no foreign key; what no release
-- refers to is swept.
CREATE TABLE data_release_chunk (
    release_id BINARY(16) NOT NULL,
    seq        INT        NOT NULL,
    bytes      LONGBLOB   NOT NULL,
    PRIMARY KEY (release_id, seq)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
