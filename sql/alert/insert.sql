-- Adds an alert that waits, unless the account was alerted of it before: $1 id, $2 code, $3 account, $4 kind, $5
-- referral, $6 resource, $7 package, $8 sharing request, $9 release, $10 provider, $11 when it happened, if that is
-- another instant, $12 when, which is also the first attempt.
INSERT INTO alert (id, code, account_id, kind, referral_id, resource_id, package_id, request_id, release_id, provider_id,
    happened_at, queued_at, state, attempts, next_attempt_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', 0, $12)
ON CONFLICT DO NOTHING
