-- Gives the enrolments of the client $1 to the id $2.
UPDATE enrolment SET client_id = $2 WHERE client_id = $1
