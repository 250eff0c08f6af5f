-- Returns the opening hours of the providers of the source $1 in their order.
SELECT opening_hours.provider_id, opening_hours.resource_id, opening_hours.weekday, opening_hours.opens,
    opening_hours.closes, opening_hours.starts_on, opening_hours.ends_on, opening_hours.closed,
    opening_hours.note
FROM provider
JOIN opening_hours ON opening_hours.provider_id = provider.id
WHERE provider.source = $1
ORDER BY opening_hours.provider_id, opening_hours.position
