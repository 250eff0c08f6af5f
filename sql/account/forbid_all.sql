-- Takes every permission from the account $1.
DELETE FROM account_permission WHERE account_id = $1
