-- How an office's own tables become figures: SDMX StructureMaps with their RepresentationMaps, one message each. A stored
-- mapping is never changed; a new version stands beside it. Instants are epoch microseconds (UTC).
CREATE TABLE import_mapping (
  id        VARCHAR(64) NOT NULL,
  version   VARCHAR(32) NOT NULL,
  name      TEXT        NOT NULL,
  structure VARCHAR(160) NOT NULL COMMENT 'AGENCY:ID(VERSION) of the structure that the figures follow',
  document  MEDIUMBLOB  NOT NULL COMMENT 'the SDMX-JSON structure message',
  digest    BINARY(32)  NOT NULL COMMENT 'SHA-256 of the document',
  stored_by BINARY(16)  NOT NULL,
  stored_us BIGINT      NOT NULL,
  entry     BIGINT      NOT NULL COMMENT 'journal entry of the act',
  PRIMARY KEY (id, version)
) ENGINE = InnoDB;
