-- Takes the permission $2 from the account $1.
DELETE FROM account_permission WHERE account_id = $1 AND permission = $2
