-- Returns the actions of which there are entries.
SELECT DISTINCT action FROM audit ORDER BY action
