-- Returns the resource $1 with its provider.
SELECT resource.id, resource.code, resource.provider_id, provider.code AS provider, provider.name AS provider_name,
    resource.kind, resource.name, resource.state, resource.description, resource.eligibility, resource.fees,
    resource.application_process, resource.email, resource.url
FROM resource
JOIN provider ON provider.id = resource.provider_id
WHERE resource.id = $1
