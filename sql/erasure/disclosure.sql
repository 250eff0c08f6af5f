-- Gives the register of disclosures of the client $1 to the id $2: who saw how much, and when, stays.
UPDATE disclosure SET client_id = $2 WHERE client_id = $1
