-- Adds contact persons: $1 provider, $2 position, $3 resource, $4 name, $5 title, $6 department, $7 e-mail.
INSERT INTO contact_person (provider_id, position, resource_id, name, title, department, email)
VALUES ($1, $2, $3, $4, $5, $6, $7)
