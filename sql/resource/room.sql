-- Returns how many more referrals some resources can take by their capacity in force at the instant $1, the latest first, and
-- what is noted beside it; no row for those that say nothing.
SELECT entry.resource_id, entry.places - (
    SELECT CAST(count(*) AS BIGINT) FROM referral
    WHERE referral.resource_id = entry.resource_id AND referral.assigned_at >= entry.starts_at) AS places_left,
    entry.note
FROM capacity AS entry
WHERE entry.removed_at IS NULL AND entry.starts_at <= $1 AND (entry.ends_at IS NULL OR entry.ends_at > $1)
    AND entry.resource_id IN ($all_in)
ORDER BY entry.starts_at DESC
