-- Returns the clients whom others have replaced: after the one with the id $1; at most $2.
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE merged_into IS NOT NULL
    AND id > $1 -- ?
ORDER BY id
LIMIT $2
