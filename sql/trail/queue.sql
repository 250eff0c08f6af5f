-- Returns the queues with names above $1 up to $2.
SELECT name AS subject, FALSE AS erased, active FROM queue WHERE name > $1 AND name <= $2 ORDER BY name
