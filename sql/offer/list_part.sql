-- Returns offers, the newest first ($11 is true) or the oldest ($12): to the provider $2, of the package $3, asked at or
-- after $4, before $16, or, as its provider sees it, at or after $15, before $17, beyond the one with the id $5 or $6. Of
-- those in one status: settled as $7; pending, with a time ($8 is true); scheduled ($9); lapsed ($10). For the portal account
-- $1 its own, but those that were closed, recalled or have not opened (rules 1.11 and 1.13). At most $13; with $14 without
-- those that were taken out before they were answered.
SELECT offer.id, package.code AS package, package.reference AS package_reference, package.status AS package_status,
    (SELECT referral.code FROM referral WHERE referral.id = package.referral_id) AS referral, provider.code AS provider,
    provider.name AS provider_name, offer.status,
    (SELECT account.login FROM account WHERE account.id = offer.requested_by) AS requested_by, offer.requested_at,
    offer.opens_at, offer.lapses_at, offer.responded_at, offer.ended_at, offer.removed_at, offer.reason,
    offer.package_id
FROM offer_now AS offer
JOIN package_now AS package ON package.id = offer.package_id
JOIN provider ON provider.id = offer.provider_id
WHERE TRUE
    AND offer.provider_id = $2 -- ?
    AND offer.id IN (SELECT own.id FROM offer AS own WHERE own.package_id = $3) -- ?
    AND offer.requested_at >= $4 -- ?
    AND offer.requested_at < $16 -- ?
    AND COALESCE(offer.opens_at, offer.requested_at) >= $15 -- ?
    AND COALESCE(offer.opens_at, offer.requested_at) < $17 -- ?
    AND offer.id < $5 -- ?
    AND offer.id > $6 -- ?
    AND offer.settled = $7 AND offer.timed = FALSE -- ?
    -- ?{
    AND offer.status = 'pending' AND $8
    AND offer.id IN (
        SELECT open.id FROM offer AS open WHERE open.lapses_at IS NOT NULL AND open.lapses_at > (SELECT instant FROM run_time)
        UNION ALL
        SELECT open.id FROM offer AS open WHERE open.timed AND open.lapses_at IS NULL)
    -- ?}
    -- ?{
    AND offer.status = 'scheduled' AND $9
    AND offer.id IN (SELECT late.id FROM offer AS late
        WHERE late.opens_at IS NOT NULL AND late.opens_at > (SELECT instant FROM run_time))
    -- ?}
    AND offer.settled = 'pending' AND offer.timed = TRUE AND offer.status = 'lapsed' AND $10 -- ?
    AND (offer.removed_at IS NULL OR offer.settled <> 'pending') AND $14 -- ?
    -- ?{
    AND offer.status <> 'closed' AND package.status <> 'recalled' AND offer.removed_at IS NULL AND offer.has_opened
    AND offer.provider_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $1)
    -- ?}
ORDER BY
    offer.id DESC, $11 -- ?
    offer.id, $12 -- ?
LIMIT $13
