-- Returns the offers that were taken out of packages of the referral $1, in the order of asking.
SELECT package.code AS package, offer.id, offer.provider_id, provider.code AS provider, provider.name AS provider_name,
    offer.status, account.login AS requested_by, offer.requested_at, offer.opens_at, offer.lapses_at, offer.responded_at,
    offer.ended_at, offer.reason, offer.removed_at,
    (SELECT MAX(reminder.reminded_at) FROM offer_reminder AS reminder WHERE reminder.offer_id = offer.id) AS reminded_at
FROM package
JOIN offer_now AS offer ON offer.package_id = package.id
JOIN provider ON provider.id = offer.provider_id
JOIN account ON account.id = offer.requested_by
WHERE package.referral_id = $1 AND offer.removed_at IS NOT NULL
ORDER BY package.id, offer.requested_at, offer.id
