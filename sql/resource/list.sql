-- Returns resources by name with their providers: of the provider $1, linked to the queue $2, in the state $3, after the one
-- whose folded name is $4 and id $5; of those that the portal account $6 acts for; not inactive ($8 is true), of an active
-- provider ($9 is true); at most $7. The page is cut before anything is joined to it.
SELECT page.id, page.code, page.provider_id, provider.code AS provider, provider.name AS provider_name, page.kind, page.name,
    page.state, page.description, page.eligibility, page.fees, page.application_process, page.email, page.url
FROM (
    SELECT id, code, provider_id, kind, name, name_key, state, description, eligibility, fees, application_process, email, url
    FROM resource
    WHERE TRUE
        AND provider_id = $1 -- ?
        AND id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $2) -- ?
        AND state = $3 -- ?
        AND (state <> 'inactive') = $8 -- ?
        AND EXISTS (SELECT 1 FROM provider AS own WHERE own.id = resource.provider_id AND own.active) = $9 -- ?
        AND (name_key, id) > ($4, $5) -- ?
        AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $6) -- ?
    ORDER BY name_key, id
    LIMIT $7
) AS page
JOIN provider ON provider.id = page.provider_id
ORDER BY page.name_key, page.id
