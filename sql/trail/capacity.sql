-- Returns the entries of capacity with codes above $1 up to $2.
SELECT capacity.code AS subject, FALSE AS erased, resource.code AS resource, capacity.places, capacity.unit, capacity.maximum,
    capacity.starts_at, capacity.ends_at, capacity.note, capacity.set_at, setter.login AS set_by, capacity.removed_at,
    remover.login AS removed_by
FROM capacity
JOIN resource ON resource.id = capacity.resource_id
JOIN account AS setter ON setter.id = capacity.set_by
LEFT JOIN account AS remover ON remover.id = capacity.removed_by
WHERE capacity.code > $1 AND capacity.code <= $2
ORDER BY capacity.code
