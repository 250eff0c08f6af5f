-- Returns categories by name: with the id $1; for staff only ($2 is the portal account that looks).
SELECT id, name
FROM category
WHERE TRUE
    AND id = $1 -- ?
    AND $2 IS NULL -- ?
ORDER BY name_key
