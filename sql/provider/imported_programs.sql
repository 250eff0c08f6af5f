-- Returns the programs that came with the providers of the source $1.
SELECT resource.id, resource.code, resource.provider_id, resource.name, resource.alternate_name, resource.description,
    resource.eligibility, resource.fees, resource.application_process, resource.email, resource.url, resource.state,
    resource.source_id, resource.ended_by_source
FROM provider
JOIN resource ON resource.provider_id = provider.id
WHERE provider.source = $1 AND resource.kind = 'program' AND resource.source_id IS NOT NULL
