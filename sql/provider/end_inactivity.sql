-- Notes that the provider $1 is active from $2 on. What began later, by a clock that is ahead, never held.
UPDATE provider_inactivity SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE provider_id = $1 AND (until_at IS NULL OR until_at > $2)
