-- Returns the id of the resource with the code $1.
SELECT id FROM resource WHERE code = $1
