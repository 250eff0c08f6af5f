-- Begins a term: $1 id, $2 contract, $3 first day, $4 last day or none, $5 from when this is so.
INSERT INTO contract_term (id, contract_id, starts_on, stops_on, from_at) VALUES ($1, $2, $3, $4, $5)
