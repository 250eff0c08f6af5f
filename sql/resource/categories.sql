-- Returns the names of the categories of the resource $1 of the provider $2, without those that are only codes. Its few
-- rows are found by the provider: the kind alone, which has an index too, would be a tenth of all.
SELECT DISTINCT name
FROM directory_detail
WHERE provider_id = $2 AND (resource_id = $1 OR resource_id IS NULL) AND kind || '' = 'category'
    AND (code IS NULL OR code <> name)
ORDER BY name
