-- Where an imported referral came from, and its id there (rule 5.1). Refused: the same referral of one source twice, an id
-- without a source.
ALTER TABLE referral ADD COLUMN source TEXT;
ALTER TABLE referral ADD COLUMN source_id TEXT CHECK ((source IS NULL) = (source_id IS NULL));
CREATE UNIQUE INDEX referral_source_source_id ON referral (source, source_id) WHERE source IS NOT NULL;
