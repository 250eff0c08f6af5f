-- Names the provider $1 in the place of the provider $2 in the releases of the provider $1, which become those of $2.
UPDATE release_recipient SET provider_id = $1
WHERE provider_id = $2 AND release_id IN (SELECT release.id FROM release WHERE release.owner_id = $1)
