-- Returns what stops with the provider $1 on the day $2 at the instant $3: of what sort, and its code.
SELECT 'pending-offers' AS sort, package.code AS code
FROM offer_now AS offer
JOIN package ON package.id = offer.package_id
WHERE offer.provider_id = $1 AND offer.removed_at IS NULL AND offer.status IN ('pending', 'scheduled')
UNION
SELECT 'open-referrals' AS sort, referral.code AS code
FROM resource
JOIN referral ON referral.resource_id = resource.id
JOIN queue_status AS status ON status.id = referral.status_id
WHERE resource.provider_id = $1 AND NOT status.closed
UNION
SELECT 'links' AS sort, owner.code || ' ' || link.data_type AS code
FROM sharing_link AS link
JOIN provider AS owner ON owner.id = link.owner_id
WHERE link.recipient_id = $1 AND link.until_at IS NULL
UNION
SELECT 'agreements' AS sort, request.code AS code
FROM sharing_request AS request
JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
WHERE request.recipient_id = $1 AND answer.label = 'granted'
    AND (answer.expires_on IS NULL OR answer.expires_on >= $2)
UNION
SELECT 'agreements' AS sort, release.code AS code
FROM release_recipient AS named
JOIN release ON release.id = named.release_id
WHERE named.provider_id = $1 AND named.removed_at IS NULL AND release.revoked_at IS NULL
    AND (release.expires_on IS NULL OR release.expires_on >= $2)
UNION
SELECT 'capacity' AS sort, capacity.code AS code
FROM resource
JOIN capacity ON capacity.resource_id = resource.id
WHERE resource.provider_id = $1 AND capacity.removed_at IS NULL
    AND (capacity.ends_at IS NULL OR capacity.ends_at > $3)
    AND NOT EXISTS (SELECT 1 FROM capacity AS later
        WHERE later.resource_id = capacity.resource_id AND later.removed_at IS NULL
            AND later.starts_at > capacity.starts_at AND later.starts_at <= $3)
ORDER BY code
