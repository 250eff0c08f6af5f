-- Returns the first hundred providers that are active while they are noted as inactive, or the reverse (rule 2.12). Of one
-- that another has replaced nothing is noted.
SELECT code AS offender
FROM provider
WHERE merged_into IS NULL
    AND active = EXISTS (SELECT 1 FROM provider_inactivity AS noted
        WHERE noted.provider_id = provider.id AND noted.until_at IS NULL)
ORDER BY code
LIMIT 100
