-- Returns the categories of these contracts as they stand now, by name: ($all_in) the contracts.
SELECT entry.contract_id, category.id, category.name
FROM contract_category AS entry
JOIN category ON category.id = entry.category_id
WHERE entry.until_at IS NULL AND entry.contract_id IN ($all_in)
ORDER BY category.name_key
