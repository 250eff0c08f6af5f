-- A provider that another has replaced keeps its row, and its code leads to that other for ever (rule 5.7). Refused: one that
-- leads to itself.
ALTER TABLE provider ADD COLUMN merged_into UUID REFERENCES provider (id) CHECK (merged_into <> id);
CREATE INDEX provider_merged_into ON provider (merged_into) WHERE merged_into IS NOT NULL;
