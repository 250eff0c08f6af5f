-- Returns the clients that stand in the way of imported ones or are those themselves, once each: for each row $1 id, $2 id
-- in another system. Two queries, so that each finds its index.
WITH wanted (id, external_id) AS (VALUES ($1, $2))
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE id IN (SELECT wanted.id FROM wanted)
UNION
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE external_id IN (SELECT wanted.external_id FROM wanted)
