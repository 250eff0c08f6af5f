-- Returns the categories of the records of the data type $4 that the owner $2 had of the client $1 at the instant $5, and
-- those that the client was served in at the owner or at the recipient $3: how many such records, how many never shared,
-- whether served where, and under which contract in force that could be, or could have been before it ended (one with such a
-- record first), and whether a contract there is called as the category is. The transaction stands at that instant.
SELECT category.name,
    (SELECT CAST(count(*) AS BIGINT) FROM record
        WHERE record.client_id = $1 AND record.provider_id = $2 AND record.data_type = $4 AND record.category_id = category.id
            AND record.created_at <= $5) AS records,
    (SELECT CAST(count(*) AS BIGINT) FROM record
        JOIN never_shared AS mark ON mark.record_id = record.id
            AND mark.from_at <= $5 AND (mark.until_at IS NULL OR mark.until_at > $5)
        WHERE record.client_id = $1 AND record.provider_id = $2 AND record.data_type = $4
            AND record.category_id = category.id AND record.created_at <= $5) AS never_shared,
    EXISTS (SELECT 1 FROM served
        WHERE served.client_id = $1 AND served.provider_id = $2 AND served.category_id = category.id) AS at_owner,
    EXISTS (SELECT 1 FROM served
        WHERE served.client_id = $1 AND served.provider_id = $3 AND served.category_id = category.id) AS at_recipient,
    (SELECT min(contract.code) FROM contract_in_force AS entry JOIN contract ON contract.id = entry.contract_id
        WHERE entry.provider_id = $2 AND entry.category_id = category.id) AS owner_contract,
    (SELECT min(contract.code) FROM contract_in_force AS entry JOIN contract ON contract.id = entry.contract_id
        WHERE entry.provider_id = $3 AND entry.category_id = category.id) AS recipient_contract,
    (SELECT contract.code FROM contract
        JOIN contract_term AS term ON term.contract_id = contract.id
            AND term.from_at <= $5 AND (term.until_at IS NULL OR term.until_at > $5)
            AND term.stops_on < (SELECT run_time.day FROM run_time)
        JOIN contract_category AS entry ON entry.contract_id = contract.id AND entry.category_id = category.id
            AND entry.from_at <= $5 AND (entry.until_at IS NULL OR entry.until_at > $5)
        WHERE contract.provider_id = $2
        ORDER BY EXISTS (SELECT 1 FROM record
            WHERE record.client_id = $1 AND record.provider_id = $2 AND record.category_id = category.id
                AND record.contract_id = contract.id) DESC, contract.code
        LIMIT 1) AS owner_ended,
    EXISTS (SELECT 1 FROM contract
        WHERE contract.provider_id = $2 AND contract.name_key = category.name_key) AS owner_has_name,
    (SELECT contract.code FROM contract
        JOIN contract_term AS term ON term.contract_id = contract.id
            AND term.from_at <= $5 AND (term.until_at IS NULL OR term.until_at > $5)
            AND term.stops_on < (SELECT run_time.day FROM run_time)
        JOIN contract_category AS entry ON entry.contract_id = contract.id AND entry.category_id = category.id
            AND entry.from_at <= $5 AND (entry.until_at IS NULL OR entry.until_at > $5)
        WHERE contract.provider_id = $3
        ORDER BY EXISTS (SELECT 1 FROM record
            WHERE record.client_id = $1 AND record.provider_id = $3 AND record.category_id = category.id
                AND record.contract_id = contract.id) DESC, contract.code
        LIMIT 1) AS recipient_ended,
    EXISTS (SELECT 1 FROM contract
        WHERE contract.provider_id = $3 AND contract.name_key = category.name_key) AS recipient_has_name
FROM category
WHERE category.id IN (
    SELECT record.category_id FROM record
    WHERE record.client_id = $1 AND record.provider_id = $2 AND record.data_type = $4 AND record.created_at <= $5
    UNION
    SELECT served.category_id FROM served WHERE served.client_id = $1 AND served.provider_id IN ($2, $3))
ORDER BY category.name_key
