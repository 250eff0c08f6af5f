-- Adds addresses: $1 provider, $2 position, $3 resource, $4 kind, $5 to whose attention, $6 and $7 lines, $8 city,
-- $9 region, $10 postal code, $11 country, $12 latitude, $13 longitude.
INSERT INTO address (provider_id, position, resource_id, kind, attention, line_1, line_2, city, region, postal_code, country,
    latitude, longitude)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
