-- Adds records: $1 id, $2 code, $3 client, $4 owner, $5 data type, $6 category, $7 contract, $8 day, $9 title, $10 units, $11
-- detail, $12 id in the owner's system, $13 when, $14 by whom.
INSERT INTO record (id, code, client_id, provider_id, data_type, category_id, contract_id, happened_on, title, units, detail,
    source_id, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
