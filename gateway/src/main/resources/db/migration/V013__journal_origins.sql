-- Names that the journal had before it went on under another one, because nobody had what it would have taken to continue it.

CREATE TABLE journal_origin (
  size     BIGINT       NOT NULL PRIMARY KEY,
  origin   VARCHAR(255) NOT NULL UNIQUE,
  root     BINARY(32)   NOT NULL,
  ended_us BIGINT       NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
  COMMENT = 'size, root: what the database held of it at its end; the entry of that index says what was lost';
