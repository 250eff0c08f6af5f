-- Returns the offers that have opened by themselves after $1, and of which no account of the provider was alerted yet.
SELECT offer.package_id, offer.provider_id, offer.opens_at AS occasion
FROM offer_now AS offer
JOIN package_now AS package ON package.id = offer.package_id
WHERE offer.opens_at > $1 AND offer.status = 'pending' AND offer.removed_at IS NULL AND package.status = 'pending'
    AND NOT EXISTS (SELECT 1 FROM alert
        WHERE alert.package_id = offer.package_id AND alert.provider_id = offer.provider_id AND alert.kind = 'offered'
            AND alert.happened_at = offer.opens_at)
ORDER BY offer.opens_at, offer.id
