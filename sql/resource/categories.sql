-- Returns the names of the categories of some resources, without those that are only codes. The few rows of each are found
-- by the provider: the kind alone, which has an index too, would be a tenth of all.
SELECT DISTINCT resource.id AS resource_id, detail.name
FROM resource
JOIN directory_detail AS detail ON detail.provider_id = resource.provider_id
    AND (detail.resource_id = resource.id OR detail.resource_id IS NULL)
WHERE detail.kind || '' = 'category' AND (detail.code IS NULL OR detail.code <> detail.name) AND resource.id IN ($all_in)
ORDER BY detail.name
