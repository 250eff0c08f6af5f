-- Returns whether fewer than $2 clients are active at the provider $1.
SELECT COUNT(*) < $2 AS few
FROM (SELECT 1 FROM enrolment WHERE provider_id = $1 AND active AND until_at IS NULL LIMIT $2) AS found
