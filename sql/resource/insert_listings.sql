-- Adds the categories, areas and languages of the resources of some providers; what a provider has as a whole, all of its
-- resources have. CROSS JOIN keeps SQLite from reading the list of a provider once for each of its resources.
INSERT INTO search_listing (term, number)
SELECT DISTINCT term.term, listed.number
FROM (
    SELECT detail.kind, detail.name_key, detail.code, searched.number
    FROM directory_detail AS detail
    JOIN search_resource AS searched ON searched.resource_id = detail.resource_id
    WHERE detail.provider_id IN ($all_in)
    UNION ALL
    SELECT detail.kind, detail.name_key, detail.code, searched.number
    FROM directory_detail AS detail
    CROSS JOIN resource
    JOIN search_resource AS searched ON searched.resource_id = resource.id
    WHERE detail.resource_id IS NULL AND detail.provider_id IN ($all_in) AND resource.provider_id = detail.provider_id
) AS listed
JOIN search_term AS term ON term.kind = listed.kind AND term.name_key = listed.name_key
    AND term.code_key = COALESCE(UPPER(listed.code), '')
ORDER BY term.term, listed.number
