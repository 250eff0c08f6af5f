-- Revokes the release $1 at $2, by the account $3, unless it was revoked before.
UPDATE release SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL
