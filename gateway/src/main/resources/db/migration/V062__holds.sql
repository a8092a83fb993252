-- Holds that one authorised person of this node has set: on the node, an agreement, a leg or a release. A row leaves when the hold is
-- lifted; the journal keeps both acts. Holds on partners stand with the partners.
CREATE TABLE local_hold (
  scope         VARCHAR(16)  NOT NULL COMMENT 'NODE, AGREEMENT, LEG or RELEASE',
  target        VARCHAR(160) NOT NULL COMMENT 'agreement, agreement#leg or release; empty for the node',
  reason        TEXT         NOT NULL,
  person        VARCHAR(200) NOT NULL,
  set_us        BIGINT       NOT NULL,
  journal_index BIGINT       NOT NULL,
  PRIMARY KEY (scope, target)
) ENGINE = InnoDB;
