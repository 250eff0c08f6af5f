-- One signed paper may cover several types of data, each a release of its own (rule 3.15).

-- The release that holds the document; none for one that holds it itself.
ALTER TABLE release ADD COLUMN paper_id UUID REFERENCES release (id);
