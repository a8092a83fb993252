-- Balances between figures of different datasets and periods, as the offices that own them have declared: never changed.
CREATE TABLE balance (
    id          VARCHAR(64) NOT NULL PRIMARY KEY,
    declaration MEDIUMTEXT  NOT NULL,                -- JSON: title, additivity, tolerance, total, parts
    declared_by BINARY(16)  NOT NULL,
    declared_us BIGINT      NOT NULL,
    entry       BIGINT      NOT NULL                 -- journal entry of the declaration
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far the figures may differ from what is out, as the office declared with the import: a release is judged again before it goes out.
ALTER TABLE release_original ADD COLUMN revision VARCHAR(20) NOT NULL DEFAULT 'free';
