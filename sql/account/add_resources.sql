-- Makes accounts act for resources: $1 account, $2 resource.
INSERT INTO account_resource (account_id, resource_id)
VALUES ($1, $2)
ON CONFLICT DO NOTHING
