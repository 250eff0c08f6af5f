-- Ends whatever the provider $1 has set for the data type $2 at $3 or later. What began later, by a clock that is ahead,
-- never held.
UPDATE sharing_setting SET until_at = CASE WHEN from_at > $3 THEN from_at ELSE $3 END
WHERE provider_id = $1 AND data_type = $2 AND (until_at IS NULL OR until_at > $3)
