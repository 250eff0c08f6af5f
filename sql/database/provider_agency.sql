-- Returns the first hundred providers without an agency record; a second one is refused by the database itself.
SELECT code AS offender
FROM provider
WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM resource WHERE provider_id = provider.id AND kind = 'agency')
ORDER BY code
LIMIT 100
