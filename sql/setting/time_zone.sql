-- Returns the name of the hub's time zone.
SELECT value FROM setting WHERE name = 'time_zone'
