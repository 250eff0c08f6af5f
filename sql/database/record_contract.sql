-- Returns the first hundred records under a contract of another provider (rule 3.3).
SELECT record.code AS offender
FROM record
JOIN contract ON contract.id = record.contract_id
WHERE contract.provider_id <> record.provider_id
ORDER BY record.code
LIMIT 100
