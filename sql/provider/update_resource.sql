-- Changes the resource $1: $2 provider, $3 name, $4 folded name, $5 alternate name, $6 description, $7 who may come,
-- $8 fees, $9 how to apply, $10 e-mail, $11 address in the web, $12 state, $13 why the source has
-- made it inactive.
UPDATE resource
SET provider_id = $2, name = $3, name_key = $4, alternate_name = $5, description = $6, eligibility = $7, fees = $8,
    application_process = $9, email = $10, url = $11, state = $12, ended_by_source = $13
WHERE id = $1
