-- Changes the account $1: $2 name, $3 e-mail, $4 level, $5 active, $6 the alerts that are off.
UPDATE account
SET name = $2, email = $3, level = $4, active = $5, alerts_off = $6
WHERE id = $1
