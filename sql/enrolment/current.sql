-- Returns how the client $1 stands at the provider $2 now.
SELECT id, client_id, provider_id, active, since_on
FROM enrolment
WHERE client_id = $1 AND provider_id = $2 AND until_at IS NULL
