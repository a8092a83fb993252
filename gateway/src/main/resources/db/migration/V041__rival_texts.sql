-- Before signature an agreement may have several texts of one version: proposals and counter-proposals.
ALTER TABLE treaty
  DROP KEY treaty_version,
  ADD KEY treaty_version (agreement_id, version);

-- The one text of a version that anybody has signed; its row comes with the first signature.
CREATE TABLE treaty_adopted (
  agreement_id VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version      INT         NOT NULL,
  digest       BINARY(32)  NOT NULL,
  PRIMARY KEY (agreement_id, version)
) ENGINE = InnoDB;
INSERT INTO treaty_adopted (agreement_id, version, digest)
  SELECT DISTINCT t.agreement_id, t.version, t.digest
  FROM treaty t JOIN treaty_act a ON a.digest = t.digest
  WHERE JSON_VALUE(CONVERT(a.instrument USING utf8mb4), '$.act') = 'signed';
