-- Returns the packages by which the portal account $1 may see the contact details of the client $2, each once: by a visit
-- that starts from $3 on.
SELECT DISTINCT seen.provider_id, provider.code AS provider, package.code AS package
FROM account_visit_contact AS seen
JOIN provider ON provider.id = seen.provider_id
JOIN package ON package.id = seen.package_id
WHERE seen.account_id = $1 AND seen.client_id = $2 AND seen.starts_at >= $3
ORDER BY provider, package
