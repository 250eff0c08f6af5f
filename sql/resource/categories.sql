-- Returns the names of the categories of the resource $1, without those that are only codes.
SELECT DISTINCT name
FROM resource_detail
WHERE resource_id = $1 AND kind = 'category' AND (code IS NULL OR code <> name) ORDER BY name
