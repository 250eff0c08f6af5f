-- Adds resources: $1 id, $2 code, $3 provider, $4 kind, $5 name, $6 folded name, $7 alternate name, $8 description,
-- $9 who may come, $10 fees, $11 how to apply, $12 e-mail, $13 address in the web, $14 state, $15 id in the source,
-- $16 why the source has it as inactive.
INSERT INTO resource (id, code, provider_id, kind, name, name_key, alternate_name, description, eligibility, fees,
    application_process, email, url, state, source_id, ended_by_source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
