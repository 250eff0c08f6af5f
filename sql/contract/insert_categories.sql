-- Adds categories to contracts: $1 id, $2 contract, $3 category, $4 from when.
INSERT INTO contract_category (id, contract_id, category_id, from_at)
VALUES ($1, $2, $3, $4)
