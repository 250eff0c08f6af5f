-- Returns alerts, the newest first: with the id $1, in the status $2, to the account $3, of the kind $8, about the client
-- $7, the referral $17, the package $9, the sharing request $10 or the release $11, in the mail $14, in no mail yet and
-- to the address $15, waiting and due at $16, with a code from $12 up to $13, older than the one with the id $4; at most
-- $6. A portal account ($5) sees those to itself about what exists for it. is_ours: the account is still concerned: a
-- portal account acts for the resource, or speaks for the provider with the permission that it takes. is_true: what it
-- tells is still so. is_reminder: the provider was offered it before. is_of_other: the release is one
-- of another provider, who alone can look at it.
SELECT page.id, page.code, page.kind, page.state AS status, page.attempts, page.queued_at, page.next_attempt_at, page.sent_at,
    page.sent_to, page.problem, page.mail, account.login AS account, account.email, account.active AS is_active,
    account.alerts_off AS off, referral.code AS referral, contact.number AS contact_number, queue.name AS queue,
    resource.code AS resource, resource.name AS resource_name, package.code AS package, request.code AS sharing_request,
    release.code AS release, provider.code AS provider, provider.name AS provider_name,
    COALESCE(answer.expires_on, release.expires_on) AS ends_on,
    (SELECT offer.lapses_at FROM offer WHERE page.kind = 'offered' AND offer.package_id = page.package_id
        AND offer.provider_id = page.provider_id AND offer.removed_at IS NULL) AS answer_by,
    page.kind = 'offered' AND EXISTS (SELECT 1 FROM offer
        JOIN offer_reminder AS reminder ON reminder.offer_id = offer.id AND reminder.reminded_at = page.queued_at
        WHERE offer.package_id = page.package_id AND offer.provider_id = page.provider_id) AS is_reminder,
    COALESCE(release.revoked_at = page.queued_at, FALSE) AS is_revoked,
    COALESCE(release.owner_id <> page.provider_id, FALSE) AS is_of_other,
    CASE
        WHEN account.level <> 'provider-portal' THEN
            page.kind IN ('accepted', 'rejected', 'lapsed', 'handed-back', 'status', 'answer', 'ending')
        WHEN page.resource_id IS NOT NULL THEN page.resource_id IN (
            SELECT scope.resource_id FROM account_scope AS scope WHERE scope.account_id = page.account_id)
        ELSE page.provider_id IN (SELECT mine.provider_id FROM account_provider AS mine
                WHERE mine.account_id = page.account_id)
            AND EXISTS (SELECT 1 FROM account_permission AS held
                WHERE held.account_id = page.account_id AND held.permission =
                    CASE WHEN page.package_id IS NULL THEN 'answer-sharing' ELSE 'respond-packages' END)
    END AS is_ours,
    CASE
        WHEN page.kind IN ('assigned', 'status') THEN COALESCE(referral.resource_id = page.resource_id, FALSE)
        WHEN page.kind = 'reassigned' THEN COALESCE(referral.resource_id <> page.resource_id, TRUE)
        WHEN page.kind = 'offered' THEN package.status = 'pending' AND EXISTS (SELECT 1 FROM offer_now AS offer
            WHERE offer.package_id = page.package_id AND offer.provider_id = page.provider_id
                AND offer.removed_at IS NULL AND offer.status = 'pending')
        WHEN page.kind = 'calls-changed' THEN EXISTS (SELECT 1 FROM offer
            WHERE offer.package_id = page.package_id AND offer.provider_id = page.provider_id
                AND offer.removed_at IS NULL AND offer.status = 'accepted')
        WHEN page.kind = 'recalled' THEN package.status = 'recalled' OR NOT EXISTS (SELECT 1 FROM offer
            WHERE offer.package_id = page.package_id AND offer.provider_id = page.provider_id
                AND offer.removed_at IS NULL)
        WHEN page.kind IN ('accepted', 'rejected') THEN package.settled = page.kind
        WHEN page.kind = 'handed-back' THEN package.status <> 'recalled'
        WHEN page.kind = 'lapsed' THEN package.settled = 'pending' AND package.status = 'rejected'
        WHEN page.kind = 'request' THEN EXISTS (
            SELECT 1 FROM waiting_request AS waiting WHERE waiting.request_id = page.request_id)
        WHEN page.kind = 'answer' AND page.release_id IS NOT NULL THEN
            release.revoked_at IS NULL OR release.revoked_at = page.queued_at
        WHEN page.kind = 'answer' THEN answer.from_at = page.queued_at
        WHEN page.kind = 'ending' AND page.request_id IS NOT NULL THEN
            answer.label = 'granted' AND answer.from_at = page.happened_at
        WHEN page.kind = 'ending' THEN release.revoked_at IS NULL
        ELSE TRUE
    END AS is_true
FROM (
    SELECT id, code, kind, state, account_id, referral_id, resource_id, package_id, request_id, release_id, provider_id,
        happened_at, attempts, queued_at, next_attempt_at, mail, sent_at, sent_to, problem
    FROM alert
    WHERE TRUE
        AND id = $1 -- ?
        AND state = $2 -- ?
        AND account_id = $3 -- ?
        AND id < $4 -- ?
        -- ?{
        AND (referral_id IN (SELECT mine.id FROM referral AS mine WHERE mine.client_id = $7)
            OR package_id IN (SELECT mine.id FROM package AS mine
                JOIN referral AS its ON its.id = mine.referral_id WHERE its.client_id = $7)
            OR request_id IN (SELECT mine.id FROM sharing_request AS mine WHERE mine.client_id = $7)
            OR release_id IN (SELECT mine.id FROM release AS mine WHERE mine.client_id = $7))
        -- ?}
        AND referral_id = $17 -- ?
        AND kind = $8 -- ?
        AND package_id = $9 -- ?
        AND request_id = $10 -- ?
        AND release_id = $11 -- ?
        AND mail = $14 -- ?
        AND mail IS NULL AND account_id IN (SELECT same.id FROM account AS same WHERE same.email = $15) -- ?
        -- ?{
        AND state = 'waiting' AND next_attempt_at <= $16
        AND (kind <> 'request'
            OR EXISTS (SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = alert.request_id)
            OR NOT EXISTS (SELECT 1 FROM waiting_request AS waiting WHERE waiting.request_id = alert.request_id))
        -- ?}
        AND code >= $12 -- ?
        AND code < $13 -- ?
        -- ?{
        AND account_id = $5
        AND (resource_id IS NULL OR resource_id IN (
            SELECT scope.resource_id FROM account_scope AS scope WHERE scope.account_id = $5))
        AND (provider_id IS NULL OR provider_id IN (
            SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $5))
        AND (kind <> 'request'
            OR EXISTS (SELECT 1 FROM arrived_request AS arrived WHERE arrived.request_id = alert.request_id))
        AND (kind NOT IN ('assigned', 'status') OR EXISTS (SELECT 1 FROM referral AS mine
            WHERE mine.id = alert.referral_id AND mine.resource_id = alert.resource_id))
        AND (kind NOT IN ('offered', 'calls-changed') OR EXISTS (SELECT 1 FROM package AS mine
            JOIN offer ON offer.package_id = mine.id AND offer.provider_id = alert.provider_id
            WHERE mine.id = alert.package_id AND mine.status <> 'recalled' AND offer.removed_at IS NULL
                AND offer.status NOT IN ('closed', 'handed_back')))
        -- ?}
    ORDER BY id DESC
    LIMIT $6
) AS page
JOIN account ON account.id = page.account_id
LEFT JOIN referral ON referral.id = page.referral_id
LEFT JOIN queue ON queue.id = referral.queue_id
LEFT JOIN contact ON contact.id = referral.contact_id
LEFT JOIN resource ON resource.id = page.resource_id
LEFT JOIN package_now AS package ON package.id = page.package_id
LEFT JOIN sharing_request AS request ON request.id = page.request_id
LEFT JOIN sharing_answer AS answer ON answer.request_id = page.request_id AND answer.until_at IS NULL
LEFT JOIN release ON release.id = page.release_id
LEFT JOIN provider ON provider.id = page.provider_id
ORDER BY page.id DESC
