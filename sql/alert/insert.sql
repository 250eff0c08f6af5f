-- Adds an alert that waits: $1 id, $2 code, $3 account, $4 referral, $5 resource, $6 when, which is also the first attempt.
INSERT INTO alert (id, code, account_id, referral_id, resource_id, queued_at, state, attempts, next_attempt_at)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $6)
