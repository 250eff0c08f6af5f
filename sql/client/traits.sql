-- Returns what is compared of all clients but the erased and the anonymous to find those that are there twice, in the order
-- of their keys; for staff only ($1 is the portal account that looks).
SELECT id, code, status, given, family, birth_date, postal_code
FROM client
WHERE merged_into IS NULL AND erased_at IS NULL AND name_key <> ''
    AND $1 IS NULL -- ?
ORDER BY id
