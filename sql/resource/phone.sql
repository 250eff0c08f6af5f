-- Returns the first number to call of the resource $1, or else of its provider $2.
SELECT number FROM phone
WHERE provider_id = $2 AND (resource_id = $1 OR resource_id IS NULL) AND COALESCE(kind, 'voice') = 'voice'
ORDER BY CASE WHEN resource_id IS NULL THEN 1 ELSE 0 END, position
LIMIT 1
