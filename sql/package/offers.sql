-- Returns the offers of the packages with these ids that were not taken out, in the order of asking; for the portal account
-- $1 only those that it may see, and of those none that was closed, which would tell that another provider was asked (rule
-- 1.11).
SELECT offer.package_id, offer.id, offer.provider_id, provider.code AS provider, provider.name AS provider_name, offer.status,
    account.login AS requested_by, offer.requested_at, offer.opens_at, offer.lapses_at, offer.responded_at, offer.ended_at,
    offer.reason,
    (SELECT MAX(reminder.reminded_at) FROM offer_reminder AS reminder WHERE reminder.offer_id = offer.id) AS reminded_at
FROM offer_now AS offer
JOIN provider ON provider.id = offer.provider_id
JOIN account ON account.id = offer.requested_by
WHERE offer.package_id IN ($all_in)
    AND offer.removed_at IS NULL
    -- ?{
    AND offer.status <> 'closed' AND offer.has_opened
    AND offer.provider_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $1)
    -- ?}
ORDER BY offer.requested_at, offer.opens_at NULLS FIRST, offer.id
