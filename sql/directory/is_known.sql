-- Returns a row if there is the directory $1.
SELECT 1 AS known FROM directory WHERE id = $1
