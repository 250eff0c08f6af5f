-- Returns the clients that a new one would double: with the id of another system $1, or where none is given with the
-- folded name $2 and the birth date $3, known or not.
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE external_id = $1
UNION ALL
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE $1 IS NULL AND merged_into IS NULL AND name_key = $2 AND (birth_date = $3 OR (birth_date IS NULL AND $3 IS NULL))
ORDER BY code
LIMIT 1
