-- Takes the provider $2 out of the release $1 at $3, unless it was taken out before.
UPDATE release_recipient SET removed_at = $3 WHERE release_id = $1 AND provider_id = $2 AND removed_at IS NULL
