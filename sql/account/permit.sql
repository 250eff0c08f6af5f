-- Gives the account $1 the permission $2.
INSERT INTO account_permission (account_id, permission) VALUES ($1, $2) ON CONFLICT DO NOTHING
