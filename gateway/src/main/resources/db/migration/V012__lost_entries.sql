-- After a recovery from partners' copies, an entry may be known by its leaf hash alone: the tile has it, the entry and its record are lost.
ALTER TABLE journal_entry MODIFY entry BINARY(32) NULL;
