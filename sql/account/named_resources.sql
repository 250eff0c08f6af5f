-- Returns the resources that names in a file may mean: in each row $1 a code, its own or that of its provider, which means
-- the agency record, and $2 a folded name. Unlike what is typed, a file says codes and names whole.
WITH wanted (code, name_key) AS (VALUES ($1, $2))
SELECT resource.id, resource.code, resource.name, resource.name_key, resource.kind, resource.state,
    provider.code AS provider_code
FROM wanted
JOIN resource ON resource.code = wanted.code
JOIN provider ON provider.id = resource.provider_id
UNION
SELECT resource.id, resource.code, resource.name, resource.name_key, resource.kind, resource.state,
    provider.code AS provider_code
FROM wanted
JOIN provider ON provider.code = wanted.code
JOIN resource ON resource.provider_id = provider.id AND resource.kind = 'agency'
UNION
SELECT resource.id, resource.code, resource.name, resource.name_key, resource.kind, resource.state,
    provider.code AS provider_code
FROM wanted
JOIN resource ON resource.name_key = wanted.name_key
JOIN provider ON provider.id = resource.provider_id
