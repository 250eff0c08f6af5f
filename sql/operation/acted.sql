-- Returns which of some logins did something after the entry $1.
SELECT DISTINCT actor FROM audit WHERE sequence > $1 AND actor IN ($all_in)
