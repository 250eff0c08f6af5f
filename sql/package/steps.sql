-- Returns the offers of the package $1, those that were taken out too, in the order of asking, each with who did what; for
-- the portal account $2 only those that it may see.
SELECT offer.id, provider.code AS provider, provider.name AS provider_name, offer.status, asking.login AS requested_by,
    offer.requested_at, offer.opens_at, offer.lapses_at, answering.login AS responded_by,
    offer.responded_at, ending.login AS ended_by,
    offer.ended_at, removing.login AS removed_by, offer.removed_at, offer.reason
FROM offer_now AS offer
JOIN provider ON provider.id = offer.provider_id
JOIN account AS asking ON asking.id = offer.requested_by
LEFT JOIN account AS answering ON answering.id = offer.responded_by
LEFT JOIN account AS ending ON ending.id = offer.ended_by
LEFT JOIN account AS removing ON removing.id = offer.removed_by
WHERE offer.package_id = $1
    -- ?{
    AND offer.status <> 'closed' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $2 AND mine.offer_id = offer.id)
    -- ?}
ORDER BY offer.requested_at, offer.opens_at NULLS FIRST, offer.id
