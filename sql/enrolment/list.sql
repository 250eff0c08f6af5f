-- Returns how clients stand at providers now, by the names of both: of the client $1, at the provider $2, active or not $3;
-- for staff only ($4 is the portal account that looks).
SELECT client.code AS client, client.given, client.family, provider.code AS provider, provider.name AS provider_name,
    enrolment.active, enrolment.since_on
FROM enrolment
JOIN client ON client.id = enrolment.client_id
JOIN provider ON provider.id = enrolment.provider_id
WHERE enrolment.until_at IS NULL
    AND enrolment.client_id = $1 -- ?
    AND enrolment.provider_id = $2 -- ?
    AND enrolment.active = $3 -- ?
    AND $4 IS NULL -- ?
ORDER BY client.name_key, client.code, provider.name_key, provider.code
