-- Returns the clients that the client $1 has replaced.
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE merged_into = $1
ORDER BY id
