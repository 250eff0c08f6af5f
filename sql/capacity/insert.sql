-- Adds an entry: $1 id, $2 code, $3 resource, $4 places, $5 unit, $6 maximum, $7 start, $8 end, $9 note, $10 when, $11 by
-- whom.
INSERT INTO capacity (id, code, resource_id, places, unit, maximum, starts_at, ends_at, note, set_at, set_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
