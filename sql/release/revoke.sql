-- Revokes the release $1 at $2, by the account $3, for the reason $4, as the client said on the day $5 in the way $6,
-- unless it was revoked before.
UPDATE release SET revoked_at = $2, revoked_by = $3, reason = $4, withdrawn_on = $5, withdrawn_how = $6
WHERE id = $1 AND revoked_at IS NULL
