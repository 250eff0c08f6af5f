-- Returns contracts as they stand now, in the order of their making: with the id $1, of the provider $2, in force on the day
-- $3, with the folded name $4, after the one with the id $5; for staff only ($6 is the portal account that looks); at most
-- $7.
SELECT contract.id, contract.code, contract.provider_id, provider.code AS provider, provider.name AS provider_name,
    contract.name, term.starts_on, term.stops_on AS ends_on
FROM contract
JOIN contract_term AS term ON term.contract_id = contract.id AND term.until_at IS NULL
JOIN provider ON provider.id = contract.provider_id
WHERE TRUE
    AND contract.id = $1 -- ?
    AND contract.provider_id = $2 -- ?
    AND term.starts_on <= $3 AND (term.stops_on IS NULL OR term.stops_on >= $3) -- ?
    AND contract.name_key = $4 -- ?
    AND contract.id > $5 -- ?
    AND $6 IS NULL -- ?
ORDER BY contract.id
LIMIT $7
