-- Gives permissions: $1 account, $2 permission.
INSERT INTO account_permission (account_id, permission)
VALUES ($1, $2)
ON CONFLICT DO NOTHING
