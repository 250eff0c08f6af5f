-- Returns entries of capacity by name of the resource and start, each with where it stands at the instant $1 and, where it is
-- in force, with the referrals that the resource was given since it started and still has. In force is the latest entry that
-- has started and not ended; one that has started and not ended but comes before it is suspended if it outlasts it, else
-- past. Of the entry $2, the resource $3, the provider $4; only those that stand as $5 says, none that was removed ($6 is
-- true); after the entry $9 that starts at $8, of the resource with the folded name $7; of the resources that the portal
-- account $10 acts for; of active resources of active providers ($12 is true); set before the instant $13; at most $11.
SELECT entry.id, entry.code, entry.resource_id, resource.code AS resource, resource.name AS resource_name,
    provider.code AS provider, provider.name AS provider_name, entry.places, entry.unit, entry.maximum, entry.starts_at,
    entry.ends_at, entry.note, entry.set_at, setter.login AS set_by, entry.removed_at, remover.login AS removed_by,
    entry.status,
    CASE entry.status WHEN 'in_force' THEN (
        SELECT CAST(count(*) AS BIGINT) FROM referral
        WHERE referral.resource_id = entry.resource_id AND referral.assigned_at >= entry.starts_at
    ) END AS used
FROM (
    SELECT capacity.id, capacity.code, capacity.resource_id, capacity.places, capacity.unit, capacity.maximum,
        capacity.starts_at, capacity.ends_at, capacity.note, capacity.set_at, capacity.set_by, capacity.removed_at,
        capacity.removed_by,
        CASE
            WHEN capacity.removed_at IS NOT NULL THEN 'removed'
            WHEN capacity.starts_at > $1 THEN 'scheduled'
            WHEN capacity.ends_at <= $1 THEN 'past'
            WHEN NOT EXISTS (
                SELECT 1 FROM capacity AS later
                WHERE later.resource_id = capacity.resource_id AND later.removed_at IS NULL
                    AND later.starts_at > capacity.starts_at AND later.starts_at <= $1
                    AND (later.ends_at IS NULL OR later.ends_at > $1)
            ) THEN 'in_force'
            WHEN EXISTS (
                SELECT 1 FROM capacity AS later
                WHERE later.resource_id = capacity.resource_id AND later.removed_at IS NULL
                    AND later.starts_at > capacity.starts_at AND later.starts_at <= $1
                    AND (later.ends_at IS NULL OR later.ends_at >= capacity.ends_at)
            ) THEN 'past'
            ELSE 'suspended'
        END AS status
    FROM capacity
    WHERE TRUE
        AND capacity.id = $2 -- ?
        AND capacity.resource_id = $3 -- ?
        AND (capacity.removed_at IS NULL) = $6 -- ?
        AND capacity.set_at < $13 -- ?
        AND capacity.resource_id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $10) -- ?
) AS entry
JOIN resource ON resource.id = entry.resource_id
JOIN provider ON provider.id = resource.provider_id
JOIN account AS setter ON setter.id = entry.set_by
LEFT JOIN account AS remover ON remover.id = entry.removed_by
WHERE TRUE
    AND resource.provider_id = $4 -- ?
    AND entry.status = $5 -- ?
    AND (resource.state <> 'inactive' AND provider.active) = $12 -- ?
    AND (resource.name_key, entry.starts_at, entry.id) > ($7, $8, $9) -- ?
ORDER BY resource.name_key, entry.starts_at, entry.id
LIMIT $11
