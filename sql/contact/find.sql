-- Returns contacts that are found by a word from $1 up to $2, and by one from $3 up to $4, and by one from $5 up to $6;
-- for the portal account $7 those whose details it may read (rule 2.7); at most $8. Of words that tens of thousands have
-- some are compared.
SELECT found.contact_id AS id
FROM (
    SELECT contact_id FROM (SELECT contact_id FROM contact_word WHERE word >= $1 AND word < $2 LIMIT 50000) AS part1
    -- ?{
    INTERSECT
    SELECT contact_id FROM (SELECT contact_id FROM contact_word WHERE word >= $3 AND word < $4 LIMIT 50000) AS part2
    -- ?}
    -- ?{
    INTERSECT
    SELECT contact_id FROM (SELECT contact_id FROM contact_word WHERE word >= $5 AND word < $6 LIMIT 50000) AS part3
    -- ?}
    -- ?{
    INTERSECT
    SELECT seen.contact_id FROM account_contact AS seen WHERE seen.account_id = $7
    -- ?}
    LIMIT $8
) AS found
