-- Returns how each client stood at each provider, client by client and provider by provider, the earliest first, with the
-- agency record of the provider.
SELECT enrolment.id, enrolment.client_id, client.code AS client, client.given, client.family, client.birth_date,
    enrolment.provider_id, provider.code AS provider, provider.name AS provider_name, resource.code AS agency,
    enrolment.active, enrolment.since_on, enrolment.from_at
FROM enrolment
JOIN client ON client.id = enrolment.client_id
JOIN provider ON provider.id = enrolment.provider_id
JOIN resource ON resource.provider_id = provider.id AND resource.kind = 'agency'
ORDER BY enrolment.client_id, enrolment.provider_id, enrolment.from_at, enrolment.id
