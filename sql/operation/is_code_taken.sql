-- Returns a row if the code $1 is taken.
SELECT id FROM operation WHERE code = $1
