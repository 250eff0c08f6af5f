-- Returns alerts, the newest first: with the id $1, in the status $2, to the account $3, about the referral $7, older than
-- the one with the id $4; at most $6. A portal account ($5) sees those to itself whose referral is still assigned to a
-- resource that it acts for.
SELECT page.id, page.code, page.state AS status, page.attempts, page.queued_at, page.next_attempt_at, page.sent_at,
    page.sent_to,
    page.problem, account.login AS account, account.email, account.active AS is_active,
    account.level = 'provider-portal' AS is_portal, account.resource_assigned_emails AS wants_alerts,
    EXISTS (
        SELECT 1 FROM account_scope AS scope
        WHERE scope.account_id = page.account_id AND scope.resource_id = page.resource_id) AS is_in_scope,
    COALESCE(referral.resource_id = page.resource_id, FALSE) AS is_assigned, referral.code AS referral,
    contact.number AS contact_number, queue.name AS queue, resource.code AS resource, resource.name AS resource_name
FROM (
    SELECT id, code, state, account_id, referral_id, resource_id, attempts, queued_at, next_attempt_at, sent_at,
        sent_to, problem
    FROM alert
    WHERE TRUE
        AND id = $1 -- ?
        AND state = $2 -- ?
        AND account_id = $3 -- ?
        AND id < $4 -- ?
        AND referral_id = $7 -- ?
        AND account_id = $5 -- ?
        -- ?{
        AND referral_id IN (SELECT mine.id FROM referral AS mine
            JOIN account_scope AS scope ON scope.resource_id = mine.resource_id WHERE scope.account_id = $5)
        -- ?}
    ORDER BY id DESC
    LIMIT $6
) AS page
JOIN account ON account.id = page.account_id
JOIN referral ON referral.id = page.referral_id
JOIN queue ON queue.id = referral.queue_id
JOIN resource ON resource.id = page.resource_id
LEFT JOIN contact ON contact.id = referral.contact_id
ORDER BY page.id DESC
