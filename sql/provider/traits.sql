-- Returns what is compared of all providers to find those that are there twice, in the order of their keys; for staff only
-- ($1 is the portal account that looks).
SELECT id, code, active, name, alternate_name, phone, email, url
FROM provider
WHERE merged_into IS NULL
    AND $1 IS NULL -- ?
ORDER BY id
