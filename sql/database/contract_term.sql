-- Returns the first hundred contracts without a term in force, or without a category (rule 3.3).
SELECT code AS offender
FROM contract
WHERE NOT EXISTS (SELECT 1 FROM contract_term AS term WHERE term.contract_id = contract.id AND term.until_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM contract_category AS entry WHERE entry.contract_id = contract.id AND entry.until_at IS NULL)
ORDER BY code
LIMIT 100
