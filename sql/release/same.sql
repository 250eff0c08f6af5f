-- Returns the ids of the releases of client $1, owner $2 and data type $3 that hold the document with the SHA-256 $4 and
-- count still on the day $5, the newest first.
SELECT id FROM release
WHERE client_id = $1 AND owner_id = $2 AND data_type = $3 AND sha256 = $4
    AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= $5)
ORDER BY id DESC
