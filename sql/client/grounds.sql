-- Returns the packages by which the portal account $1 may see the contact details of clients, each once with the client: by
-- a visit that starts from $2 on.
SELECT DISTINCT seen.client_id, seen.provider_id, provider.code AS provider, package.code AS package
FROM account_visit_contact AS seen
JOIN provider ON provider.id = seen.provider_id
JOIN package ON package.id = seen.package_id
WHERE seen.client_id IN ($all_in) AND seen.account_id = $1 AND seen.starts_at >= $2
ORDER BY seen.client_id, provider, package
