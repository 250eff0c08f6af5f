-- Returns the newest link of the owner $1 to the recipient $2 for the data type $3 that there was by the instant $4.
SELECT from_at, until_at
FROM sharing_link
WHERE owner_id = $1 AND recipient_id = $2 AND data_type = $3 AND from_at <= $4 AND (until_at IS NULL OR until_at > from_at)
ORDER BY from_at DESC
LIMIT 1
