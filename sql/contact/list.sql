-- Returns contacts, the newest first: with the id $1, with the folded number $2, of client $3, submitted on $4 or later, on
-- $5 or earlier, with the folded name $9, which is empty for the anonymous, older than the one with the id $6; for the
-- portal account $7 those whose details it may read (rule 2.7); at most $8. The page is cut before anything is joined to
-- it, so that no statistics lead a planner to sort all contacts.
SELECT page.id, page.number, page.client_id, client.code AS client, client.given AS client_given,
    client.family AS client_family, page.given, page.family, page.postal_code, page.phone,
    page.email, page.submitted_on, page.details, page.created_at, account.login AS created_by
FROM (
    SELECT id, number, client_id, given, family, postal_code, phone, email, submitted_on, details, created_at, created_by
    FROM contact
    WHERE TRUE
        AND id = $1 -- ?
        AND number_key = $2 -- ?
        AND client_id = $3 -- ?
        AND submitted_on >= $4 -- ?
        AND submitted_on <= $5 -- ?
        AND name_key = $9 -- ?
        AND id < $6 -- ?
        AND id IN (SELECT seen.contact_id FROM account_contact AS seen WHERE seen.account_id = $7) -- ?
    ORDER BY id DESC
    LIMIT $8
) AS page
JOIN client ON client.id = page.client_id
JOIN account ON account.id = page.created_by
ORDER BY page.id DESC
