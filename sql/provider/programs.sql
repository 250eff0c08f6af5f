-- Returns the programs of the provider $1 by name.
SELECT id, code, provider_id, name, alternate_name, description, eligibility, fees, application_process, email, url, state,
    source_id, ended_by_source
FROM resource
WHERE provider_id = $1 AND kind = 'program'
ORDER BY name_key, id
