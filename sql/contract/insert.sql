-- Adds a contract: $1 id, $2 code, $3 provider, $4 name, $5 folded name, $6 when.
INSERT INTO contract (id, code, provider_id, name, name_key, created_at) VALUES ($1, $2, $3, $4, $5, $6)
