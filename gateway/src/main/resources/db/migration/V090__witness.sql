-- Partners' journals as this node has seen them, and contradictions that were found in them. Instants are epoch microseconds (UTC).

-- Checkpoints that partners have shown, until they were held against the tiles.
CREATE TABLE journal_sighting (
  party   VARCHAR(16)  NOT NULL,
  origin  VARCHAR(255) NOT NULL,
  size    BIGINT       NOT NULL,
  root    BINARY(32)   NOT NULL,
  note    BLOB         NOT NULL COMMENT 'as the partner signed it',
  seen_us BIGINT       NOT NULL,
  PRIMARY KEY (party, origin, size, root)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Contradictions in a partner's journal. A row without an end stops exchanges with that partner.
CREATE TABLE journal_conflict (
  id            BINARY(16)  NOT NULL PRIMARY KEY,
  party         VARCHAR(16) NOT NULL,
  kind          VARCHAR(16) NOT NULL COMMENT 'FORK, SHRUNK or TILES',
  sentence      TEXT        NOT NULL,
  proof         LONGBLOB    NOT NULL COMMENT 'both checkpoints and how they contradict each other, JSON',
  found_us      BIGINT      NOT NULL,
  journal_index BIGINT      NOT NULL,
  KEY journal_conflict_party (party)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a person has decided about one.
CREATE TABLE journal_conflict_end (
  id            BINARY(16)   NOT NULL PRIMARY KEY,
  followed      VARCHAR(8)   NOT NULL COMMENT 'HELD: the history held here; NEW: the one that the partner shows now',
  reason        TEXT         NOT NULL,
  decided_by    VARCHAR(128) NOT NULL,
  decided_us    BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far a partner's journal was recomputed here, and what of it this node has cosigned.
CREATE TABLE witness_tree (
  party          VARCHAR(16)  NOT NULL,
  origin         VARCHAR(255) NOT NULL,
  size           BIGINT       NOT NULL COMMENT 'leaves that are kept and proved by note',
  root           BINARY(32)   NOT NULL,
  note           BLOB         NULL,
  cosigned_size  BIGINT       NOT NULL,
  cosigned_root  BINARY(32)   NOT NULL,
  cosigned_note  BLOB         NULL     COMMENT 'with this node''s cosignature',
  delivered_size BIGINT       NOT NULL COMMENT 'newest size whose cosignature the partner has',
  PRIMARY KEY (party, origin)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The tiles of these trees, computed here from the partner's leaf hashes. Hashes beyond the size of the tree mean nothing yet.
CREATE TABLE witness_tile (
  party   VARCHAR(16)  NOT NULL,
  origin  VARCHAR(255) NOT NULL,
  level   TINYINT      NOT NULL,
  idx     BIGINT       NOT NULL,
  width   SMALLINT     NOT NULL,
  hashes  BLOB         NOT NULL,
  PRIMARY KEY (party, origin, level, idx)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
