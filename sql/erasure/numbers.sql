-- Returns the contacts of the client $1 with their numbers.
SELECT id, number FROM contact WHERE client_id = $1 ORDER BY id
