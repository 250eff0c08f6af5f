-- Adds a provider: $1 id, $2 code, $3 name, $4 folded name, $5 alternate name, $6 description, $7 e-mail, $8 phone,
-- $9 address in the web, $10 postal code, $11 active or not, $12 source, $13 id in that source,
-- $14 why the source has it as inactive.
INSERT INTO provider (id, code, name, name_key, alternate_name, description, email, phone, url, postal_code, active,
    source, source_id, ended_by_source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
