-- Makes the account $1 act for the resource $2.
INSERT INTO account_resource (account_id, resource_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
