-- What came of the comments on the draft of an edition, as the secretariat signed it when it published the edition.
CREATE TABLE profile_comments (
  programme     VARCHAR(64)  NOT NULL,
  edition       INT          NOT NULL,
  document      LONGBLOB     NOT NULL COMMENT 'JWS over canonical JSON',
  PRIMARY KEY (programme, edition),
  CONSTRAINT profile_comments_edition FOREIGN KEY (programme, edition) REFERENCES profile_edition (programme, edition)
) ENGINE = InnoDB;
