-- Returns the contracts with codes above $1 up to $2 as they are now; lists are separated by $3.
SELECT contract.code AS subject, FALSE AS erased, provider.code AS provider, contract.name, term.starts_on,
    term.stops_on AS ends_on,
    (SELECT string_agg(category.name, $3) FROM contract_category AS entry
        JOIN category ON category.id = entry.category_id
        WHERE entry.contract_id = contract.id AND entry.until_at IS NULL) AS categories
FROM contract
JOIN provider ON provider.id = contract.provider_id
LEFT JOIN contract_term AS term ON term.contract_id = contract.id AND term.until_at IS NULL
WHERE contract.code > $1 AND contract.code <= $2
ORDER BY contract.code
