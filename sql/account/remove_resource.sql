-- Makes the account $1 no longer act for the resource $2.
DELETE FROM account_resource WHERE account_id = $1 AND resource_id = $2
