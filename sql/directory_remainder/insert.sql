-- Adds remainders: $1 provider, $2 position, $3 resource, $4 entity, $5 entry, $6 content.
INSERT INTO directory_remainder (provider_id, position, resource_id, entity, entry, content)
VALUES ($1, $2, $3, $4, $5, $6)
