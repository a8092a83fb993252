-- What authorities hold besides the datasets of this node, declared by hand.
CREATE TABLE inventory_entry (
    id          BINARY(16)  NOT NULL PRIMARY KEY,
    authority   VARCHAR(64) NOT NULL,
    declaration LONGTEXT    NOT NULL,                -- JSON: title, concepts, periods, coverage, gaps, note
    declared_by BINARY(16)  NOT NULL,
    declared_us BIGINT      NOT NULL,
    entry       BIGINT      NOT NULL                 -- journal entry of the declaration
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Partners that may read the inventory before there is any agreement.
CREATE TABLE inventory_reader (
    party       VARCHAR(16) NOT NULL PRIMARY KEY,
    admitted_by BINARY(16)  NOT NULL,
    admitted_us BIGINT      NOT NULL,
    entry       BIGINT      NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
