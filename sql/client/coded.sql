-- Returns the clients that have one of the codes $1.
WITH wanted (code) AS (VALUES ($1))
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE code IN (SELECT wanted.code FROM wanted)
