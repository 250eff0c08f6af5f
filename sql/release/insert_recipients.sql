-- Names recipients: $1 release, $2 provider.
INSERT INTO release_recipient (release_id, provider_id)
VALUES ($1, $2)
