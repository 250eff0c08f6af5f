-- Returns the attempts after $3 and up to $4 as the login with the digest $1, or by the operating-system user $2:
-- at most 200, the newest first.
SELECT at, login_digest = $1 AS of_login, os_user = $2 AS by_user, is_right
FROM password_attempt
WHERE at > $3 AND at <= $4 AND (login_digest = $1 OR os_user = $2)
ORDER BY at DESC, id DESC
LIMIT 200
