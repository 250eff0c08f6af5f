-- Changes the resource $1: $2 name, $3 folded name, $4 state, $5 description, $6 who may come, $7 fees, $8 how to apply,
-- $9 e-mail, $10 address in the web. A state that people give is not that of a source.
UPDATE resource
SET name = $2, name_key = $3, state = $4, description = $5, eligibility = $6, fees = $7, application_process = $8, email = $9,
    url = $10, ended_by_source = CASE WHEN state = $4 THEN ended_by_source END
WHERE id = $1
