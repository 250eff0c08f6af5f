-- Returns the enrolments of now of the clients with codes above $1 up to $2.
SELECT client.code AS subject, client.erased_at IS NOT NULL AS erased, client.code AS client, provider.code AS provider,
    CASE WHEN enrolment.active THEN 'active' ELSE 'inactive' END AS status, enrolment.since_on
FROM client
JOIN enrolment ON enrolment.client_id = client.id AND enrolment.until_at IS NULL
JOIN provider ON provider.id = enrolment.provider_id
WHERE client.code > $1 AND client.code <= $2
ORDER BY client.code
