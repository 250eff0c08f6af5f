-- Returns how many records of the data type $4 the owner $2 had of the client $1 at the instant $5, how many of them were
-- never shared, and how many the recipient $3 sees. The transaction stands at that instant.
SELECT
    (SELECT CAST(count(*) AS BIGINT) FROM record
        WHERE record.client_id = $1 AND record.provider_id = $2 AND record.data_type = $4
            AND record.created_at <= $5) AS records,
    (SELECT CAST(count(*) AS BIGINT) FROM record
        JOIN never_shared AS mark ON mark.record_id = record.id
            AND mark.from_at <= $5 AND (mark.until_at IS NULL OR mark.until_at > $5)
        WHERE record.client_id = $1 AND record.provider_id = $2 AND record.data_type = $4
            AND record.created_at <= $5) AS never_shared,
    (SELECT CAST(count(*) AS BIGINT) FROM shared_record AS shared
        WHERE shared.client_id = $1 AND shared.owner_id = $2 AND shared.recipient_id = $3
            AND shared.data_type = $4) AS visible
