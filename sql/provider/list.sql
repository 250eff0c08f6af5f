-- Returns providers by name: with the id $1, with the code $9, active or not $2, with a name from $3 up to $4, after the
-- one whose folded name is $5 and id $6, those that the portal account $7 speaks for, with a resource of the queue $10; at
-- most $8.
SELECT id, code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id, merged_into
FROM provider
WHERE merged_into IS NULL
    AND id = $1 -- ?
    AND code = $9 -- ?
    AND active = $2 -- ?
    AND name_key >= $3 AND name_key < $4 -- ?
    AND (name_key, id) > ($5, $6) -- ?
    -- ?{
    AND id IN (SELECT resource.provider_id FROM queue_resource AS link CROSS JOIN resource
        WHERE link.queue_id = $10 AND resource.id = link.resource_id)
    -- ?}
    AND EXISTS (SELECT 1 FROM account_provider AS mine WHERE mine.account_id = $7 AND mine.provider_id = provider.id) -- ?
ORDER BY name_key, id
LIMIT $8
