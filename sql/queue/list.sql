-- Returns queues by name: with the id $1, active or not $2, after the folded name $3; for staff only ($4 is the portal
-- account that looks); at most $5.
SELECT id, name, active
FROM queue
WHERE TRUE
    AND id = $1 -- ?
    AND active = $2 -- ?
    AND name_key > $3 -- ?
    AND $4 IS NULL -- ?
ORDER BY name_key
LIMIT $5
