-- Returns a row where the code $1 is in use.
SELECT code FROM release WHERE code = $1
