-- Rule 5.8: what an entry of the audit trail holds can be erased, and the chain still holds.

-- A new entry has a salt, and its hash covers the salted digest of its payload (subject, before, after). An erased one keeps
-- that digest in place of salt and payload; an older one has neither, and keeps its hash. Refused: an erased entry that still
-- holds something, a digest beside the payload that it stands for.
ALTER TABLE audit ADD COLUMN salt BYTEA;
ALTER TABLE audit ADD COLUMN digest BYTEA;
ALTER TABLE audit ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE CHECK (
    erased AND salt IS NULL AND before IS NULL AND after IS NULL OR NOT erased AND digest IS NULL);
