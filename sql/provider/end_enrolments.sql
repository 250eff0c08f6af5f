-- Ends what enrolments the provider $1 has at $2. One that began later, by a clock that is ahead, never held.
UPDATE enrolment SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE provider_id = $1 AND (until_at IS NULL OR until_at > $2)
