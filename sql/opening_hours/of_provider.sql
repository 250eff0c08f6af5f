-- Returns the opening hours of the provider $1 in the order of their source: of its resource $2, of none if $3 is true.
SELECT opening_hours.weekday, opening_hours.opens, opening_hours.closes, opening_hours.starts_on,
    opening_hours.ends_on, opening_hours.closed, opening_hours.note, resource.code AS resource,
    resource.name AS resource_name
FROM opening_hours
LEFT JOIN resource ON resource.id = opening_hours.resource_id
WHERE opening_hours.provider_id = $1
    AND opening_hours.resource_id = $2 -- ?
    AND $3 AND opening_hours.resource_id IS NULL -- ?
ORDER BY opening_hours.position
