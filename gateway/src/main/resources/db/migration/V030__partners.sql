-- Cards, pins, holds and remembered nonces. Digests are raw SHA-256; instants are epoch microseconds (UTC).

-- Signed cards of partners and of this node itself; a party's rows in order of sequence are its chain from root to current card.
CREATE TABLE card (
  digest      BINARY(32)   NOT NULL COMMENT 'SHA-256 of the payload',
  party       VARCHAR(16)  NOT NULL,
  sequence    INT          NOT NULL,
  document    LONGBLOB     NOT NULL COMMENT 'JWS general JSON, as signed',
  imported_us BIGINT       NOT NULL,
  imported_by VARCHAR(128) NOT NULL COMMENT 'staff user, or the part of the gateway that renewed it',
  PRIMARY KEY (digest),
  UNIQUE KEY card_chain (party, sequence)
) ENGINE = InnoDB;

-- TLS certificates that a card lists and that are no longer accepted all the same.
CREATE TABLE removed_pin (
  party       VARCHAR(16)  NOT NULL,
  certificate BINARY(32)   NOT NULL COMMENT 'SHA-256 of the certificate',
  reason      TEXT         NOT NULL,
  removed_by  VARCHAR(128) NOT NULL,
  removed_us  BIGINT       NOT NULL,
  PRIMARY KEY (party, certificate)
) ENGINE = InnoDB;

-- Partners with whom exchanges are stopped.
CREATE TABLE partner_hold (
  party    VARCHAR(16)  NOT NULL,
  reason   TEXT         NOT NULL,
  set_by   VARCHAR(128) NOT NULL,
  since_us BIGINT       NOT NULL,
  PRIMARY KEY (party)
) ENGINE = InnoDB;

-- Counts every change of the three tables above, so that other processes notice.
CREATE TABLE partner_version (
  id      TINYINT NOT NULL,
  version BIGINT  NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB;
INSERT INTO partner_version (id, version) VALUES (1, 0);

-- Nonces of partners' messages, until no message with them can be accepted any more.
CREATE TABLE nonce (
  keyid_digest BINARY(32)    NOT NULL COMMENT 'SHA-256 of the keyid',
  nonce        VARBINARY(64) NOT NULL,
  expires_us   BIGINT        NOT NULL,
  PRIMARY KEY (keyid_digest, nonce),
  KEY nonce_expiry (expires_us)
) ENGINE = InnoDB;
