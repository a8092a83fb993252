-- Names of types of artefacts are longer than those first known: metadatastructure.
ALTER TABLE own_artefact MODIFY type VARCHAR(32) NOT NULL COMMENT 'SDMX REST name of the type';

-- What the statistician says of a dataset by the headings of a metadata structure. Never changed: the newest counts for the next
-- release. Instants are epoch microseconds (UTC).
CREATE TABLE dataset_metadata (
  id           BINARY(16)   NOT NULL,
  dataset      VARCHAR(64)  NOT NULL,
  flow         VARCHAR(200) NOT NULL COMMENT 'metadataflow, AGENCY:ID(VERSION)',
  document     MEDIUMBLOB   NOT NULL COMMENT 'SDMX-JSON 2.0.0 metadata message',
  digest       BINARY(32)   NOT NULL COMMENT 'SHA-256 of the document',
  described_by BINARY(16)   NOT NULL,
  described_us BIGINT       NOT NULL,
  entry        BIGINT       NOT NULL COMMENT 'journal entry of the act',
  PRIMARY KEY (id),
  KEY dataset_metadata_newest (dataset, entry),
  CONSTRAINT dataset_metadata_dataset FOREIGN KEY (dataset) REFERENCES dataset (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The report that a release was published with. It stays with the release for ever; its digest stands in the journal's record of the
-- publication and in every answer from the release.
CREATE TABLE release_metadata (
  release_id BINARY(16) NOT NULL,
  document   MEDIUMBLOB NOT NULL COMMENT 'SDMX-JSON 2.0.0 metadata message',
  digest     BINARY(32) NOT NULL COMMENT 'SHA-256 of the document',
  PRIMARY KEY (release_id),
  KEY release_metadata_digest (digest),
  CONSTRAINT release_metadata_release FOREIGN KEY (release_id) REFERENCES data_release (id)
) ENGINE = InnoDB;
