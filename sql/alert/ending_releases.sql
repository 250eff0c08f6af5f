-- Returns the releases that end from the day $1 to the day $2, each with a provider that it concerns, or with none for
-- the hub, that was not alerted of it yet. One for all providers concerns those that its owner is linked to.
SELECT ending.id AS release_id, ending.provider_id, ending.occasion
FROM (
    SELECT release.id, release.expires_on, release.created_at AS occasion,
        CASE side.number WHEN 1 THEN release.owner_id END AS provider_id
    FROM release
    CROSS JOIN (SELECT 1 AS number UNION ALL SELECT 2 AS number) AS side
    WHERE release.revoked_at IS NULL AND release.expires_on >= $1 AND release.expires_on <= $2
    UNION ALL
    SELECT release.id, release.expires_on, release.created_at AS occasion, named.provider_id
    FROM release
    JOIN release_recipient AS named ON named.release_id = release.id
    WHERE release.revoked_at IS NULL AND release.expires_on >= $1 AND release.expires_on <= $2
        AND named.removed_at IS NULL
    UNION ALL
    SELECT release.id, release.expires_on, release.created_at AS occasion, link.recipient_id AS provider_id
    FROM release
    JOIN sharing_link AS link ON link.owner_id = release.owner_id AND link.data_type = release.data_type
    WHERE release.revoked_at IS NULL AND release.expires_on >= $1 AND release.expires_on <= $2
        AND release.all_providers AND link.until_at IS NULL
) AS ending
WHERE NOT EXISTS (SELECT 1 FROM alert
    WHERE alert.release_id = ending.id AND alert.kind = 'ending' AND alert.happened_at = ending.occasion
        AND (alert.provider_id = ending.provider_id OR alert.provider_id IS NULL AND ending.provider_id IS NULL))
ORDER BY ending.expires_on, ending.id, ending.provider_id NULLS LAST
