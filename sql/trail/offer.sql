-- Returns the offers, but those taken out, of the packages with codes above $1 up to $2.
SELECT package.code AS subject, client.erased_at IS NOT NULL AS erased, provider.code AS provider,
    account.login AS requested_by, offer.requested_at, offer.status, offer.responded_at, offer.reason,
    offer.opens_at, offer.lapses_at, offer.ended_at,
    (SELECT MAX(reminder.reminded_at) FROM offer_reminder AS reminder WHERE reminder.offer_id = offer.id) AS reminded_at
FROM package
JOIN offer ON offer.package_id = package.id AND offer.removed_at IS NULL
JOIN provider ON provider.id = offer.provider_id
JOIN account ON account.id = offer.requested_by
JOIN referral ON referral.id = package.referral_id
JOIN client ON client.id = referral.client_id
WHERE package.code > $1 AND package.code <= $2
ORDER BY package.code
