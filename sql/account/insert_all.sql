-- Adds accounts: $1 id, $2 login, $3 folded login, $4 name, $5 e-mail, $6 level, $7 active, $8 the alerts that are off,
-- $9 password hash.
INSERT INTO account (id, login, login_key, name, email, level, active, alerts_off, password_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
