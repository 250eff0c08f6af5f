-- Adds the categories, areas and languages of the resources of some providers; what a provider has as a whole, all of its
-- resources have.
INSERT INTO search_listing (term, number)
SELECT DISTINCT term.term, searched.number
FROM directory_detail AS detail
JOIN resource ON resource.provider_id = detail.provider_id
    AND (resource.id = detail.resource_id OR detail.resource_id IS NULL)
JOIN search_resource AS searched ON searched.resource_id = resource.id
JOIN search_term AS term ON term.kind = detail.kind AND term.name_key = detail.name_key
    AND term.code_key = COALESCE(UPPER(detail.code), '')
WHERE detail.provider_id IN ($among)
ORDER BY term.term, searched.number
