-- Returns the numbers to call of some resources, the first before others: those of a resource before those of its provider.
SELECT resource.id AS resource_id, phone.number
FROM resource
JOIN phone ON phone.provider_id = resource.provider_id
    AND (phone.resource_id = resource.id OR phone.resource_id IS NULL)
WHERE COALESCE(phone.kind, 'voice') = 'voice' AND resource.id IN ($all_in)
ORDER BY CASE WHEN phone.resource_id IS NULL THEN 1 ELSE 0 END, phone.position
