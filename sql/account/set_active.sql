-- Makes the account $1 active or not ($2).
UPDATE account SET active = $2 WHERE id = $1
