-- Gives the opening hours of the provider $1 to the provider $2, behind its own.
UPDATE opening_hours
SET provider_id = $2,
    position = position + (SELECT COALESCE(MAX(own.position), 0) + 1 FROM opening_hours AS own WHERE own.provider_id = $2)
WHERE provider_id = $1
