-- Unlinks the owner $1 from the recipient $2 for the data type $3 at $4. A link made later, by a clock that is ahead, never
-- held.
UPDATE sharing_link SET until_at = CASE WHEN from_at > $4 THEN from_at ELSE $4 END
WHERE owner_id = $1 AND recipient_id = $2 AND data_type = $3 AND (until_at IS NULL OR until_at > $4)
