-- Returns referrals, the newest first: those with the ids in $all_in.
SELECT referral.id, referral.code, referral.queue_id, queue.name AS queue, referral.status_id, queue_status.label AS status,
    queue_status.closed, referral.client_id, client.code AS client, client.given, client.family,
    client.postal_code AS client_postal_code, referral.contact_id, contact.number AS contact_number,
    contact.given AS contact_given, contact.family AS contact_family, contact.submitted_on AS contact_date,
    contact.postal_code AS contact_postal_code, referral.resource_id, resource.code AS resource_code,
    resource.name AS resource, provider.code AS provider,
    provider.name AS provider_name, referral.assigned_at, referral.note, referral.created_at,
    account.login AS created_by
FROM referral
JOIN queue ON queue.id = referral.queue_id
JOIN queue_status ON queue_status.id = referral.status_id
JOIN client ON client.id = referral.client_id
JOIN account ON account.id = referral.created_by
LEFT JOIN contact ON contact.id = referral.contact_id
LEFT JOIN resource ON resource.id = referral.resource_id
LEFT JOIN provider ON provider.id = resource.provider_id
WHERE referral.id IN ($all_in)
ORDER BY referral.id DESC
