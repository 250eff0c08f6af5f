-- Gives the enrolments at the provider $1 to the provider $2, but of clients who were ever enrolled there: two
-- standings of one client at one provider cannot hold at one time.
UPDATE enrolment SET provider_id = $2
WHERE provider_id = $1 AND client_id NOT IN (SELECT own.client_id FROM enrolment AS own WHERE own.provider_id = $2)
