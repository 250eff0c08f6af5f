-- Returns the records with codes above $1 up to $2.
SELECT record.code AS subject, client.erased_at IS NOT NULL AS erased, client.code AS client, owner.code AS owner,
    record.data_type AS type, record.happened_on, record.title, category.name AS category, contract.code AS contract,
    record.units, record.detail, mark.id IS NOT NULL AS never_shared, record.created_at AS recorded_at
FROM record
JOIN client ON client.id = record.client_id
JOIN provider AS owner ON owner.id = record.provider_id
LEFT JOIN category ON category.id = record.category_id
LEFT JOIN contract ON contract.id = record.contract_id
LEFT JOIN never_shared AS mark ON mark.record_id = record.id AND mark.until_at IS NULL
WHERE record.code > $1 AND record.code <= $2
ORDER BY record.code
