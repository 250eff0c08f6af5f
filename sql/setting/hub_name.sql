-- Returns what the hub calls itself.
SELECT value FROM setting WHERE name = 'hub_name'
