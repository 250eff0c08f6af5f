-- Returns referrals, the newest first: with the id $1, in queue $2, of client $3, in a status with the folded label $4, in an open status
-- ($5 is true), older than the one with the id $6; for staff only ($7 is the portal account that looks); at most $8.
SELECT referral.id, referral.code, referral.queue_id, queue.name AS queue, referral.status_id, queue_status.label AS status,
    queue_status.closed, referral.client_id, client.code AS client, client.given, client.family, referral.note,
    referral.created_at, account.login AS created_by
FROM referral
JOIN queue ON queue.id = referral.queue_id
JOIN queue_status ON queue_status.id = referral.status_id
JOIN client ON client.id = referral.client_id
JOIN account ON account.id = referral.created_by
WHERE TRUE
    AND referral.id = $1 -- ?
    AND referral.queue_id = $2 -- ?
    AND referral.client_id = $3 -- ?
    AND queue_status.label_key = $4 -- ?
    AND queue_status.closed <> $5 -- ?
    AND referral.id < $6 -- ?
    AND $7 IS NULL -- ?
ORDER BY referral.id DESC
LIMIT $8
