-- Returns how many releases of client $1 stand unrevoked and count still on the day $2.
SELECT CAST(count(*) AS BIGINT) AS releases FROM release
WHERE client_id = $1 AND revoked_at IS NULL AND (expires_on IS NULL OR expires_on >= $2)
