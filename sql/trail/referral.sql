-- Returns the referrals with codes above $1 up to $2.
SELECT referral.code AS subject, client.erased_at IS NOT NULL AS erased, status.label AS status, client.code AS client,
    resource.code AS resource, referral.assigned_at, referral.note, referral.created_at, account.login AS created_by
FROM referral
JOIN queue_status AS status ON status.id = referral.status_id
JOIN client ON client.id = referral.client_id
JOIN account ON account.id = referral.created_by
LEFT JOIN resource ON resource.id = referral.resource_id
WHERE referral.code > $1 AND referral.code <= $2
ORDER BY referral.code
