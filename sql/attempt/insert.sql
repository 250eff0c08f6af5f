-- Adds a wrong password: $1 id, $2 when, $3 digest of the login, $4 login of the account, $5 operating-system user.
INSERT INTO password_attempt (id, at, login_digest, login, os_user, is_right) VALUES ($1, $2, $3, $4, $5, FALSE)
