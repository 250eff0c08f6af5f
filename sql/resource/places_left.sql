-- Returns how many more referrals the resource $1 can take by its capacity in force at the instant $2; no row if it says
-- nothing.
SELECT entry.places - (
    SELECT CAST(count(*) AS BIGINT) FROM referral
    WHERE referral.resource_id = entry.resource_id AND referral.assigned_at >= entry.starts_at) AS places_left
FROM capacity AS entry
WHERE entry.resource_id = $1 AND entry.removed_at IS NULL AND entry.starts_at <= $2
    AND (entry.ends_at IS NULL OR entry.ends_at > $2)
ORDER BY entry.starts_at DESC
LIMIT 1
