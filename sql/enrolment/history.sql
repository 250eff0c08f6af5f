-- Returns how the client $1, and those that it has replaced, stood at each provider, from when until when.
SELECT client.code AS client, client.given, client.family, provider.code AS provider, provider.name AS provider_name,
    enrolment.active, enrolment.since_on, enrolment.from_at, enrolment.until_at
FROM enrolment
JOIN client ON client.id = enrolment.client_id
JOIN provider ON provider.id = enrolment.provider_id
WHERE client.id = $1 OR client.merged_into = $1
ORDER BY enrolment.from_at, enrolment.id
