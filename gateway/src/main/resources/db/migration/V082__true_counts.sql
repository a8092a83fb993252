-- The counts from which the node itself has protected a release. They answer no question; its owner's statisticians compare them with what
-- is shown, and later editions are judged by them. The figures stand in data_release_chunk under the id of the original.
CREATE TABLE release_original (
    release_id BINARY(16) NOT NULL PRIMARY KEY,
    original   BINARY(16) NOT NULL UNIQUE,
    digest     BINARY(32) NOT NULL                   -- of the true figures
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
