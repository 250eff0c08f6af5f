-- Returns the records that are there already under these ids of their owners, or under our own codes, with the id that found
-- each: for each row $1 owner, $2 id in its system or code. CROSS JOIN keeps SQLite from reading all records of an owner for
-- each of them.
WITH wanted (provider_id, source_id) AS (VALUES ($1, $2))
SELECT record.id, record.code, record.client_id, record.provider_id, record.data_type, record.category_id, record.contract_id,
    record.happened_on, record.title, record.units, record.detail, wanted.source_id, mark.id IS NOT NULL AS never_shared
FROM wanted
CROSS JOIN record
LEFT JOIN never_shared AS mark ON mark.record_id = record.id AND mark.until_at IS NULL
WHERE record.code = wanted.source_id AND record.provider_id = wanted.provider_id
UNION ALL
SELECT record.id, record.code, record.client_id, record.provider_id, record.data_type, record.category_id, record.contract_id,
    record.happened_on, record.title, record.units, record.detail, wanted.source_id, mark.id IS NOT NULL AS never_shared
FROM wanted
CROSS JOIN record
LEFT JOIN never_shared AS mark ON mark.record_id = record.id AND mark.until_at IS NULL
WHERE record.provider_id = wanted.provider_id AND record.source_id = wanted.source_id AND record.source_id IS NOT NULL
