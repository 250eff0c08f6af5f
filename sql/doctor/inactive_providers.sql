-- Returns the offers that wait at providers which are not active, with the package and how many other offers it has; at most
-- $1.
SELECT package.code, provider.code AS provider, provider.name AS provider_name,
    (SELECT count(*) FROM offer AS other
        WHERE other.package_id = offer.package_id AND other.removed_at IS NULL AND other.id <> offer.id) AS others
FROM provider
JOIN offer_now AS offer ON offer.provider_id = provider.id
JOIN package ON package.id = offer.package_id
WHERE NOT provider.active AND offer.settled = 'pending' AND offer.removed_at IS NULL
    AND offer.status IN ('pending', 'scheduled')
ORDER BY provider.id, offer.id
LIMIT $1
