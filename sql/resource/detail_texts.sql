-- Returns the names of what the directory lists of resources, by the numbers under which they are searched; what is listed of
-- no resource is the agency record's. CROSS JOIN and the sign keep SQLite from reading a list once for each number.
SELECT searched.number, detail.kind, detail.name
FROM (
    SELECT DISTINCT resource.provider_id
    FROM search_resource AS searched
    JOIN resource ON resource.id = searched.resource_id
    WHERE searched.number IN ($all_in)
) AS listed
CROSS JOIN directory_detail AS detail
CROSS JOIN search_resource AS searched
WHERE detail.provider_id = listed.provider_id AND searched.resource_id = detail.resource_id AND +searched.number IN ($all_in)
UNION ALL
SELECT searched.number, detail.kind, detail.name
FROM search_resource AS searched
JOIN resource ON resource.id = searched.resource_id
JOIN directory_detail AS detail ON detail.provider_id = resource.provider_id
WHERE detail.resource_id IS NULL AND resource.kind = 'agency' AND searched.number IN ($all_in)
