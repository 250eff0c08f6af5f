-- Returns the first hundred clients of whom the register of disclosures holds a line that cannot be: a provider that looked
-- at its own records, at none, on a request, a release or a package without saying which, or on one that was not for this
-- (rules 1.12 and 3.10).
SELECT DISTINCT client.code AS offender
FROM disclosure
JOIN client ON client.id = disclosure.client_id
WHERE disclosure.owner_id = disclosure.recipient_id
    OR disclosure.records < 1
    OR (disclosure.basis = 'automatic') <> (disclosure.source IS NULL)
    OR disclosure.basis = 'request' AND NOT EXISTS (SELECT 1 FROM sharing_request AS request
        WHERE request.code = disclosure.source AND request.client_id = disclosure.client_id
            AND request.owner_id = disclosure.owner_id AND request.recipient_id = disclosure.recipient_id
            AND request.data_type = disclosure.data_type)
    OR disclosure.basis = 'release' AND NOT EXISTS (SELECT 1 FROM release
        WHERE release.code = disclosure.source AND release.client_id = disclosure.client_id
            AND release.owner_id = disclosure.owner_id AND release.data_type = disclosure.data_type)
    OR disclosure.basis = 'acceptance' AND NOT EXISTS (SELECT 1 FROM package
        JOIN offer ON offer.package_id = package.id AND offer.provider_id = disclosure.recipient_id
            AND offer.responded_at IS NOT NULL AND offer.status <> 'rejected'
        WHERE package.code = disclosure.source)
ORDER BY client.code
LIMIT 100
