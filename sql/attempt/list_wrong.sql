-- Returns the wrong passwords, the newest first, older than the one with the id $1; at most $2.
SELECT id, at, login, os_user AS "user" FROM password_attempt WHERE NOT is_right
    AND id < $1 -- ?
ORDER BY id DESC
LIMIT $2
