-- The newest list of revoked certificates of each authority in the settings, as fetched. Instants are epoch microseconds (UTC).
CREATE TABLE revocation_list (
  authority  VARCHAR(64) NOT NULL COMMENT 'name in entente.revocation.authorities',
  list       LONGBLOB    NOT NULL,
  made_us    BIGINT      NOT NULL COMMENT 'thisUpdate of the list',
  fetched_us BIGINT      NOT NULL,
  PRIMARY KEY (authority)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
