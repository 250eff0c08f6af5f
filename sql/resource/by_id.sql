-- Returns the resource $1.
SELECT id, code, kind, name FROM resource WHERE id = $1
