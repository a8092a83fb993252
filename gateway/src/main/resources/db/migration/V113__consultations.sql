-- Comments of academia and civil society on drafts of profiles. Instants are epoch microseconds (UTC); digests are raw SHA-256.
CREATE TABLE consultation (
  id            BINARY(16)   NOT NULL,
  programme     VARCHAR(64)  NULL COMMENT 'of the regional profile; null for the state''s own',
  edition       INT          NULL,
  draft         MEDIUMBLOB   NULL COMMENT 'the working group''s text of the state''s own profile, as it was handed in',
  digest        BINARY(32)   NOT NULL COMMENT 'of the draft',
  opened_us     BIGINT       NOT NULL,
  closed_us     BIGINT       NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY consultation_of (programme, edition)
) ENGINE = InnoDB;

CREATE TABLE consultation_link (
  token         BINARY(32)   NOT NULL COMMENT 'SHA-256 of what was given out',
  consultation  BINARY(16)   NOT NULL,
  reviewer      BLOB         NOT NULL COMMENT 'canonical JSON: name, organisation, contact of whom it was given to',
  issued_us     BIGINT       NOT NULL,
  expires_us    BIGINT       NOT NULL,
  used_us       BIGINT       NULL COMMENT 'when the comments came',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (token),
  KEY consultation_link_of (consultation),
  CONSTRAINT consultation_link_consultation FOREIGN KEY (consultation) REFERENCES consultation (id)
) ENGINE = InnoDB;

CREATE TABLE consultation_comment (
  id            BINARY(16)   NOT NULL,
  consultation  BINARY(16)   NOT NULL,
  token         BINARY(32)   NOT NULL,
  section       VARCHAR(64)  NOT NULL,
  title         VARCHAR(400) NOT NULL COMMENT 'of the section',
  text          TEXT         NOT NULL,
  named         BOOLEAN      NOT NULL COMMENT 'whether the organisation may be named beside it',
  received_us   BIGINT       NOT NULL,
  verdict       VARCHAR(16)  NULL COMMENT 'ACCEPTED or DECLINED; null while nobody has answered',
  answer        TEXT         NULL,
  answered_us   BIGINT       NULL,
  journal_index BIGINT       NOT NULL COMMENT 'of the entry that took it in',
  PRIMARY KEY (id),
  KEY consultation_comment_of (consultation),
  CONSTRAINT consultation_comment_link FOREIGN KEY (token) REFERENCES consultation_link (token)
) ENGINE = InnoDB;
