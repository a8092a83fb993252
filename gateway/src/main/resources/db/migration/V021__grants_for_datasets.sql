-- A role may be held for one dataset of an authority.
ALTER TABLE staff_grant
    ADD COLUMN dataset VARCHAR(64) NOT NULL DEFAULT '' AFTER authority,  -- '' = for every dataset
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (user_id, role, authority, dataset);
