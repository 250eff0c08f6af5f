-- Returns the offers that have opened, each with when its provider could answer first, from $1 to before $2: to the provider
-- $3, in the queue $4.
SELECT offer.provider_id, referral.queue_id, offer.status, COALESCE(offer.opens_at, offer.requested_at) AS asked_at,
    offer.lapses_at, offer.responded_at, offer.removed_at
FROM offer_now AS offer
JOIN package ON package.id = offer.package_id
JOIN referral ON referral.id = package.referral_id
WHERE COALESCE(offer.opens_at, offer.requested_at) >= $1 AND COALESCE(offer.opens_at, offer.requested_at) < $2
    AND offer.has_opened AND (offer.removed_at IS NULL OR offer.opens_at IS NULL OR offer.opens_at <= offer.removed_at)
    AND offer.provider_id = $3 -- ?
    AND referral.queue_id = $4 -- ?
