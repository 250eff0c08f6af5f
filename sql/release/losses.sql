-- Returns who sees records by the release with the code $1 of client $2, owner $3 and data type $4 and by no other, and how
-- many: where the transaction stands. Those that see none are left out.
SELECT recipient.code, recipient.name, CAST(count(*) AS BIGINT) AS records
FROM shared_record AS seen
JOIN provider AS recipient ON recipient.id = seen.recipient_id
WHERE seen.client_id = $2 AND seen.owner_id = $3 AND seen.data_type = $4 AND seen.basis = 'release'
    AND NOT EXISTS (SELECT 1 FROM consent
        WHERE consent.basis = 'release' AND consent.source <> $1 AND consent.client_id = $2 AND consent.owner_id = $3
            AND consent.recipient_id = seen.recipient_id AND consent.data_type = $4)
GROUP BY recipient.code, recipient.name, recipient.name_key
ORDER BY recipient.name_key, recipient.code
