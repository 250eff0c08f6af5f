-- Adds phones: $1 provider, $2 position, $3 resource, $4 number, $5 extension, $6 kind, $7 department.
INSERT INTO phone (provider_id, position, resource_id, number, extension, kind, department)
VALUES ($1, $2, $3, $4, $5, $6, $7)
