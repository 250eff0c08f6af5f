-- Returns the clients that the client $1 has replaced, with their codes.
SELECT id, code FROM client WHERE merged_into = $1 ORDER BY id
