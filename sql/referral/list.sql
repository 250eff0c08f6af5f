-- Returns referrals, the newest first: with the id $1, in queue $2, of client $3, in a status with the folded label $4, in
-- an open status ($5 is true), older than the one with the id $6; for staff only ($7 is the portal account that looks); at
-- most $8. The page is cut before anything is joined to it, so that no statistics lead a planner to sort all referrals.
SELECT page.id, page.code, page.queue_id, queue.name AS queue, page.status_id, queue_status.label AS status,
    queue_status.closed, page.client_id, client.code AS client, client.given, client.family, page.note, page.created_at,
    account.login AS created_by
FROM (
    SELECT id, code, queue_id, status_id, client_id, note, created_at, created_by
    FROM referral
    WHERE TRUE
        AND id = $1 -- ?
        AND queue_id = $2 -- ?
        AND client_id = $3 -- ?
        AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.label_key = $4) -- ?
        AND status_id IN (SELECT wanted.id FROM queue_status AS wanted WHERE wanted.closed <> $5) -- ?
        AND id < $6 -- ?
        AND $7 IS NULL -- ?
    ORDER BY id DESC
    LIMIT $8
) AS page
JOIN queue ON queue.id = page.queue_id
JOIN queue_status ON queue_status.id = page.status_id
JOIN client ON client.id = page.client_id
JOIN account ON account.id = page.created_by
ORDER BY page.id DESC
