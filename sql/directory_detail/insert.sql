-- Adds details: $1 provider, $2 position, $3 resource, $4 kind, $5 name, $6 folded name, $7 code, $8 note.
INSERT INTO directory_detail (provider_id, position, resource_id, kind, name, name_key, code, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
