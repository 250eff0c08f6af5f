-- Names the provider $2 in the releases that name the provider $1, but where it is named or is the owner.
UPDATE release_recipient SET provider_id = $2
WHERE provider_id = $1
    AND release_id NOT IN (SELECT own.release_id FROM release_recipient AS own WHERE own.provider_id = $2)
    AND release_id NOT IN (SELECT release.id FROM release WHERE release.owner_id = $2)
