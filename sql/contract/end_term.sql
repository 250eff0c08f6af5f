-- Ends whatever term of the contract $1 holds at $2 or later. One that began later, by a clock that is ahead, never held.
UPDATE contract_term SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE contract_id = $1 AND (until_at IS NULL OR until_at > $2)
