-- The journal (C2SP tlog-tiles). One head row, which every batch locks; entries, tiles and checkpoints are never changed
-- once written, but for the growing tile at each level, the note of a checkpoint (signed after its commit), and
-- salt and record of an entry (deleted under a retention rule, while the entry stays).

CREATE TABLE journal_head (
  id          TINYINT      NOT NULL PRIMARY KEY CHECK (id = 1),
  origin      VARCHAR(255) NOT NULL,
  vkey        VARCHAR(400) NOT NULL,
  size        BIGINT       NOT NULL,
  root        BINARY(32)   NOT NULL,
  epoch       BIGINT       NOT NULL,
  resolutions BIGINT       NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'epoch: raised when a person recovers the journal, so that running processes check again; resolutions: commits whose outcome had to be read again';

CREATE TABLE journal_entry (
  idx         BIGINT       NOT NULL PRIMARY KEY,
  kind        VARCHAR(40)  NOT NULL,
  subject     VARCHAR(128) NULL,
  appended_us BIGINT       NOT NULL,
  entry       BINARY(32)   NOT NULL,
  salt        BINARY(32)   NULL,
  record      MEDIUMBLOB   NULL,
  KEY journal_entry_subject (subject, idx)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'entry = SHA-256(salt || record), the 32 bytes that stand in the tree';

CREATE TABLE journal_tile (
  level       TINYINT      NOT NULL,
  idx         BIGINT       NOT NULL,
  width       SMALLINT     NOT NULL,
  hashes      BLOB         NOT NULL,
  PRIMARY KEY (level, idx)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'a partial tile is the beginning of the later one, so one row serves every width';

CREATE TABLE journal_checkpoint (
  size        BIGINT       NOT NULL PRIMARY KEY,
  root        BINARY(32)   NOT NULL,
  note        BLOB         NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'one root for one size; the row is part of the batch, the signed note follows';
