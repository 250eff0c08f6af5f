-- Who has signed an agreement in place of a client that does not sign for itself (rule 3.16).
ALTER TABLE sharing_answer ADD COLUMN signed_by TEXT CHECK (signed_by <> '');
ALTER TABLE sharing_answer ADD COLUMN signed_as TEXT CHECK (signed_as <> '');
