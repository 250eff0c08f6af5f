-- Takes all categories from the contract $1 at $2. One that was added later, by a clock that is ahead, never held.
UPDATE contract_category SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE contract_id = $1 AND (until_at IS NULL OR until_at > $2)
