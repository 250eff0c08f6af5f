-- Returns the providers at which the client $1 is active.
SELECT provider.code, provider.name
FROM enrolment
JOIN provider ON provider.id = enrolment.provider_id
WHERE enrolment.client_id = $1 AND enrolment.active AND enrolment.until_at IS NULL
ORDER BY provider.name_key, provider.id
