-- Structures that an office brought: SDMX structure messages as they came, with the roles that were told beside them. A message
-- is never changed; what it brings stands beside it, so that no artefact comes twice. Instants are epoch microseconds (UTC).
CREATE TABLE own_structure (
  id          BINARY(16) NOT NULL,
  document    MEDIUMBLOB NOT NULL COMMENT 'the SDMX-JSON or SDMX-ML structure message',
  digest      BINARY(32) NOT NULL COMMENT 'SHA-256 of the document',
  roles       TEXT       NOT NULL COMMENT 'JSON: role by component id, for what the message does not tell',
  imported_by BINARY(16) NOT NULL,
  imported_us BIGINT     NOT NULL,
  entry       BIGINT     NOT NULL COMMENT 'journal entry of the act',
  PRIMARY KEY (id)
) ENGINE = InnoDB;

CREATE TABLE own_artefact (
  type      VARCHAR(16)  NOT NULL COMMENT 'dataflow, datastructure or codelist',
  artefact  VARCHAR(200) NOT NULL COMMENT 'AGENCY:ID(VERSION)',
  structure BINARY(16)   NOT NULL COMMENT 'the message that brought it',
  PRIMARY KEY (type, artefact)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
