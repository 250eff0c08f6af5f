-- Returns the first hundred releases that are for nobody, both for all and for named providers, or for their owner (rule
-- 3.7).
SELECT release.code AS offender
FROM release
WHERE release.all_providers = EXISTS (SELECT 1 FROM release_recipient AS named WHERE named.release_id = release.id)
    OR EXISTS (SELECT 1 FROM release_recipient AS named
        WHERE named.release_id = release.id AND named.provider_id = release.owner_id)
ORDER BY release.code
LIMIT 100
