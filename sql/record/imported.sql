-- Returns the records that are there already under these ids of their owners, or under our own codes, with the id that found
-- each: for each row $1 owner, $2 id in its system or code.
WITH wanted (provider_id, source_id) AS (VALUES ($1, $2))
SELECT record.code, record.client_id, record.provider_id, record.data_type, record.category_id, record.contract_id,
    record.happened_on, record.title, record.units, record.detail, wanted.source_id
FROM wanted
JOIN record ON record.code = wanted.source_id AND record.provider_id = wanted.provider_id
UNION ALL
SELECT record.code, record.client_id, record.provider_id, record.data_type, record.category_id, record.contract_id,
    record.happened_on, record.title, record.units, record.detail, wanted.source_id
FROM wanted
JOIN record ON record.provider_id = wanted.provider_id AND record.source_id = wanted.source_id
WHERE record.source_id IS NOT NULL
