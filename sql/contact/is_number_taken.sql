-- Returns a row where the folded number $1 is in use.
SELECT number_key FROM contact WHERE number_key = $1
