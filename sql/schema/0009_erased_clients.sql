-- Rule 5.8: of a client that was erased a row without a name is left.
ALTER TABLE client ADD COLUMN erased_at TIMESTAMPTZ;
