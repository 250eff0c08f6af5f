-- Gives the enrolments of the client $1 to the client $2, but where that one was ever enrolled itself: two standings of one
-- client at one provider cannot hold at one time.
UPDATE enrolment SET client_id = $2
WHERE client_id = $1 AND provider_id NOT IN (SELECT own.provider_id FROM enrolment AS own WHERE own.client_id = $2)
