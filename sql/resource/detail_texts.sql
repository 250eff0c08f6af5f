-- Returns the names of what the directory lists of some providers, for resources that take referrals; what is
-- listed of no resource is the agency record's.
SELECT searched.number, detail.kind, detail.name
FROM directory_detail AS detail
JOIN search_resource AS searched ON searched.resource_id = detail.resource_id
WHERE detail.provider_id IN ($among)
UNION ALL
SELECT searched.number, detail.kind, detail.name
FROM directory_detail AS detail
JOIN resource ON resource.provider_id = detail.provider_id AND resource.kind = 'agency'
JOIN search_resource AS searched ON searched.resource_id = resource.id
WHERE detail.resource_id IS NULL AND detail.provider_id IN ($among)
