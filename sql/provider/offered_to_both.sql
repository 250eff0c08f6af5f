-- Returns the packages that the provider $1 has still to answer and that are offered to the provider $2 too.
SELECT package.code
FROM offer_now AS one
JOIN offer AS other ON other.package_id = one.package_id AND other.provider_id = $2 AND other.removed_at IS NULL
JOIN package ON package.id = one.package_id
WHERE one.provider_id = $1 AND one.removed_at IS NULL
    AND one.status IN ('pending', 'scheduled') AND package.status <> 'recalled'
ORDER BY package.id
