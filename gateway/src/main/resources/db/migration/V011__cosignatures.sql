-- Cosignatures of witnesses on this node's own checkpoints (C2SP tlog-cosignature), as they came in after the checkpoint was signed.
CREATE TABLE journal_cosignature (
  size        BIGINT       NOT NULL,
  name        VARCHAR(255) NOT NULL COMMENT 'key name of the witness',
  key_id      INT          NOT NULL,
  line        TEXT         NOT NULL COMMENT 'the signature line of the note',
  stored_us   BIGINT       NOT NULL,
  PRIMARY KEY (size, name, key_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
