-- Notes that the record $1 may be shared from $2 on. What began later, by a clock that is ahead, never held.
UPDATE never_shared SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE record_id = $1 AND (until_at IS NULL OR until_at > $2)
