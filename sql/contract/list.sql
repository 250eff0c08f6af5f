-- Returns contracts as they stand now, in the order of their making: with the id $1, of the provider $2, in force on the day
-- $3, after the one with the id $4; for staff only ($5 is the portal account that looks); at most $6.
SELECT contract.id, contract.code, contract.provider_id, provider.code AS provider, provider.name AS provider_name,
    contract.name, term.starts_on, term.stops_on AS ends_on
FROM contract
JOIN contract_term AS term ON term.contract_id = contract.id AND term.until_at IS NULL
JOIN provider ON provider.id = contract.provider_id
WHERE TRUE
    AND contract.id = $1 -- ?
    AND contract.provider_id = $2 -- ?
    AND term.starts_on <= $3 AND (term.stops_on IS NULL OR term.stops_on >= $3) -- ?
    AND contract.id > $4 -- ?
    AND $5 IS NULL -- ?
ORDER BY contract.id
LIMIT $6
