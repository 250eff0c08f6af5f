-- Where what was imported came from, and a digest of how its files were understood: the first import of a kind is shown before
-- it is done.

ALTER TABLE operation ADD COLUMN source TEXT;
ALTER TABLE operation ADD COLUMN layout TEXT;
