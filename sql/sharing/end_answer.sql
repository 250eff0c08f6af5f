-- Ends whatever label of the request $1 holds at $2 or later. One set later, by a clock that is ahead, never held.
UPDATE sharing_answer SET until_at = CASE WHEN from_at > $2 THEN from_at ELSE $2 END
WHERE request_id = $1 AND (until_at IS NULL OR until_at > $2)
