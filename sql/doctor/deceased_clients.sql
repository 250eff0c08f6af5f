-- Returns the clients that have died, for whom a visit is planned after the instant $1, a referral is open, a request waits
-- on the day $2, or who are active at a provider; at most $3.
SELECT id
FROM client
WHERE status = 'deceased' AND merged_into IS NULL AND (
    EXISTS (SELECT 1 FROM referral
        JOIN visit ON visit.referral_id = referral.id
        WHERE referral.client_id = client.id AND visit.status = 'planned' AND visit.starts_at > $1)
    OR EXISTS (SELECT 1 FROM referral
        JOIN queue_status AS status ON status.id = referral.status_id
        WHERE referral.client_id = client.id AND NOT status.closed)
    OR EXISTS (SELECT 1 FROM enrolment
        WHERE enrolment.client_id = client.id AND enrolment.until_at IS NULL AND enrolment.active)
    OR EXISTS (SELECT 1 FROM sharing_request AS request
        JOIN sharing_answer AS answer ON answer.request_id = request.id AND answer.until_at IS NULL
        WHERE request.client_id = client.id AND request.open AND answer.label = 'pending'
            AND (request.lapses_on IS NULL OR request.lapses_on >= $2)))
LIMIT $3
