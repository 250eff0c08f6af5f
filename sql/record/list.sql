-- Returns the records, of the client $1, the newest day first: all, or those that the provider $2 sees, each with its
-- basis and, but for its own, its owner's notice; with the id $3, of the data type $4, of the owner $10, from the day $5
-- on, up to the day $6, after the one of the day $7 with the id $8; at most $9. The transaction says where it stands. The
-- page is cut before anything is joined to it.
SELECT page.id, page.code, page.client_id, client.code AS client, client.given, client.family,
    page.provider_id, owner.code AS owner, owner.name AS owner_name, page.data_type, page.happened_on, page.title,
    category.name AS category,
    contract.code AS contract, contract.name AS contract_name, page.units, page.detail, page.basis,
    page.source_id, page.created_at,
    CASE WHEN page.basis = 'own' THEN NULL ELSE setting.notice END AS notice, mark.id IS NOT NULL AS never_shared
FROM (
    SELECT seen.id, seen.code, seen.client_id, seen.provider_id, seen.data_type, seen.happened_on, seen.title,
        seen.category_id, seen.contract_id, seen.units, seen.detail, seen.source_id, seen.created_at,
        seen.basis
    FROM (
        SELECT record.id, record.code, record.client_id, record.provider_id, record.data_type, record.happened_on,
            record.title, record.category_id, record.contract_id, record.units, record.detail, record.source_id,
            record.created_at,
            CASE WHEN record.provider_id = $2 THEN 'own'
                ELSE (SELECT shared.basis FROM shared_record AS shared
                    WHERE shared.record_id = record.id AND shared.recipient_id = $2)
                END AS basis
        FROM record
        WHERE TRUE
            AND record.client_id = $1 -- ?
    ) AS seen
    WHERE TRUE
        AND seen.basis IS NOT NULL AND $2 IS NOT NULL -- ?
        AND seen.id = $3 -- ?
        AND seen.data_type = $4 -- ?
        AND seen.provider_id = $10 -- ?
        AND seen.happened_on >= $5 -- ?
        AND seen.happened_on <= $6 -- ?
        AND (seen.happened_on, seen.id) < ($7, $8) -- ?
    ORDER BY seen.happened_on DESC, seen.id DESC
    LIMIT $9
) AS page
JOIN client ON client.id = page.client_id
JOIN provider AS owner ON owner.id = page.provider_id
LEFT JOIN category ON category.id = page.category_id
LEFT JOIN sharing_setting AS setting ON setting.provider_id = page.provider_id AND setting.data_type = page.data_type
    AND setting.from_at <= (SELECT run_time.instant FROM run_time)
    AND (setting.until_at IS NULL OR setting.until_at > (SELECT run_time.instant FROM run_time))
LEFT JOIN never_shared AS mark ON mark.record_id = page.id
    AND mark.from_at <= (SELECT run_time.instant FROM run_time)
    AND (mark.until_at IS NULL OR mark.until_at > (SELECT run_time.instant FROM run_time))
LEFT JOIN contract ON contract.id = page.contract_id
ORDER BY page.happened_on DESC, page.id DESC
