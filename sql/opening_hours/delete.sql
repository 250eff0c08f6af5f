-- Takes away the opening hours of the provider $1.
DELETE FROM opening_hours WHERE provider_id = $1
