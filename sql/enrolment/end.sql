-- Ends whatever standing of the client $1 at the provider $2 holds at $3 or later. One that began later, by a clock that is
-- ahead, never held.
UPDATE enrolment SET until_at = CASE WHEN from_at > $3 THEN from_at ELSE $3 END
WHERE client_id = $1 AND provider_id = $2 AND (until_at IS NULL OR until_at > $3)
