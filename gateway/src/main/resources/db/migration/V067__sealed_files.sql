-- Consumer side: exchanges whose request was written into a sealed file. Their answers may come days later.
CREATE TABLE asked_by_file (
  id BINARY(16) NOT NULL COMMENT 'the exchange',
  PRIMARY KEY (id)
) ENGINE = InnoDB;

-- A consumer may also close an exchange for which no answer came; the provider keeps that receipt as well, answered or not.
ALTER TABLE exchange_receipt
  MODIFY kind VARCHAR(16) NOT NULL COMMENT 'received, rejected or never-received';
