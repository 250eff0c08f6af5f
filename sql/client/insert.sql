-- Adds clients: $1 id, $2 code, $3 given names, $4 family name, $5 folded name, $6 birth date, $7 postal code, $8 id in
-- another system, $9 status, $10 since which day, $11 source, $12 id in the source, $13 the client that has
-- replaced it, $14 address, $15 note for carers.
INSERT INTO client (
    id, code, given, family, name_key, birth_date, postal_code, external_id, status, since_on, source, source_id,
    merged_into, address, carer_note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
