-- Returns a row if there is an entry by (or in the name of) $1.
SELECT 1 FROM audit WHERE $1 IN (actor, acting_as) LIMIT 1
