-- Which editions of the state's own migration profile everybody may read. Instants are epoch microseconds (UTC).
CREATE TABLE national_publication (
  edition       INT          NOT NULL,
  published_us  BIGINT       NOT NULL,
  published_by  VARCHAR(64)  NOT NULL COMMENT 'staff user, another one than has made it',
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (edition),
  CONSTRAINT national_publication_of FOREIGN KEY (edition) REFERENCES national_profile (edition)
) ENGINE = InnoDB;
