-- Returns the states of the alerts of the offer of the package $1 to the provider $2 that were queued at or after $3, each
-- with its account.
SELECT account_id, state FROM alert
WHERE package_id = $1 AND provider_id = $2 AND kind = 'offered' AND queued_at >= $3
