-- Makes the account $1 act for no resource.
DELETE FROM account_resource WHERE account_id = $1
