-- Adds an account: $1 id, $2 login, $3 folded login, $4 name, $5 e-mail, $6 level.
INSERT INTO account (id, login, login_key, name, email, level, active)
VALUES ($1, $2, $3, $4, $5, $6, TRUE)
