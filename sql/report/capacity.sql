-- Returns the active resources that a queue in use is linked to, by name, each with its capacity in force at the instant $1
-- (the latest entry that has started and not ended) and the referrals that it was given since: linked to the queue $2, of the
-- provider $3; of the resources that the portal account $4 acts for.
SELECT provider.code AS provider, provider.name AS provider_name, resource.code AS resource, resource.name AS resource_name,
    entry.places, entry.unit, entry.maximum, entry.starts_at, entry.ends_at, entry.note, entry.set_at,
    (SELECT CAST(count(*) AS BIGINT) FROM referral
        WHERE referral.resource_id = resource.id AND referral.assigned_at >= entry.starts_at) AS used
FROM resource
JOIN provider ON provider.id = resource.provider_id
LEFT JOIN capacity AS entry ON entry.id = (
    SELECT latest.id FROM capacity AS latest
    WHERE latest.resource_id = resource.id AND latest.removed_at IS NULL AND latest.starts_at <= $1
        AND (latest.ends_at IS NULL OR latest.ends_at > $1)
    ORDER BY latest.starts_at DESC
    LIMIT 1)
WHERE resource.state = 'active'
    AND resource.id IN (
        SELECT link.resource_id FROM queue_resource AS link
        JOIN queue ON queue.id = link.queue_id
        WHERE queue.active)
    AND resource.id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $2) -- ?
    AND resource.provider_id = $3 -- ?
    AND resource.id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $4) -- ?
ORDER BY resource.name_key, resource.id
