-- Gives the account $1 the password hash $2.
UPDATE account SET password_hash = $2 WHERE id = $1
