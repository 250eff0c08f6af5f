-- Adds opening hours: $1 provider, $2 position, $3 resource, $4 weekday, $5 and $6 hours, $7 first day, $8 last day,
-- $9 closed or not, $10 note.
INSERT INTO opening_hours (provider_id, position, resource_id, weekday, opens, closes, starts_on, ends_on, closed, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
