-- Returns the categories with names above $1 up to $2.
SELECT name AS subject, FALSE AS erased, name FROM category WHERE name > $1 AND name <= $2 ORDER BY name
