-- Returns a row where the code $1 is in use.
SELECT code FROM alert WHERE code = $1
