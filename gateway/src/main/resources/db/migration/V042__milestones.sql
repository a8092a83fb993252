-- What has happened by time alone, journaled once each: taking effect, renewal, expiry and their like.
CREATE TABLE treaty_milestone (
  digest  BINARY(32)  NOT NULL,
  kind    VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'leg, crisis, party or day; empty for the agreement as a whole',
  due_us  BIGINT      NOT NULL COMMENT 'when it happened',
  entry   BIGINT      NOT NULL COMMENT 'journal entry',
  PRIMARY KEY (digest, kind, subject),
  CONSTRAINT treaty_milestone_text FOREIGN KEY (digest) REFERENCES treaty (digest)
) ENGINE = InnoDB;
INSERT INTO treaty_milestone (digest, kind, subject, due_us, entry)
  SELECT digest, 'agreement-in-effect', '', received_us, effect_entry FROM treaty WHERE effect_entry IS NOT NULL;
ALTER TABLE treaty DROP COLUMN effect_entry;
