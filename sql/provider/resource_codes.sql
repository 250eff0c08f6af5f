-- Returns the codes of resources, at most $1.
SELECT code FROM resource LIMIT $1
