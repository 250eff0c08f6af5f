-- Begins settings: $1 id, $2 provider, $3 data type, $4 level, $5 client by client, $6 expiry required, $7 by release, $8
-- days of an agreement, $9 from when, $10 notice.
INSERT INTO sharing_setting (id, provider_id, data_type, level, client_by_client, require_expiry, release_sharing,
    default_days, from_at, notice)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
