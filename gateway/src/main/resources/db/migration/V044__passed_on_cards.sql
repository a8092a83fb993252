-- Cards of other members of a framework that its depositary has passed on, each signed by its owner.
CREATE TABLE passed_on_card (
  party       VARCHAR(16)  NOT NULL,
  digest      BINARY(32)   NOT NULL COMMENT 'of the last card of the chain',
  sequence    INT          NOT NULL COMMENT 'of the last card of the chain',
  chain       LONGBLOB     NOT NULL COMMENT 'JSON list of signed cards, root card first',
  depositary  VARCHAR(16)  NOT NULL COMMENT 'who passed it on',
  received_us BIGINT       NOT NULL,
  entry       BIGINT       NOT NULL COMMENT 'journal entry',
  PRIMARY KEY (party, digest)
) ENGINE = InnoDB;
