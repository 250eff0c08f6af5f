-- Returns the middle of the places with the postal code $1, in capitals without blanks.
SELECT CAST(AVG(latitude) AS BIGINT) AS latitude, CAST(AVG(longitude) AS BIGINT) AS longitude
FROM search_resource
WHERE postal_key = $1 AND latitude IS NOT NULL
