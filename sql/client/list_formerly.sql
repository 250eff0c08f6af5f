-- Returns clients who were called by a folded name from $1 up to $2 and are no more, by the name that they have: after the
-- one whose folded name is $3 and id $4, in the status $5, active at the provider $8, who are few there, or $9; for staff
-- only ($6 is the portal account that looks); at most $7.
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE id IN (SELECT former.client_id FROM client_former_name AS former WHERE former.name_key >= $1 AND former.name_key < $2)
    AND merged_into IS NULL
    AND NOT (name_key >= $1 AND name_key < $2)
    AND (name_key, id) > ($3, $4) -- ?
    AND status = $5 -- ?
    AND id IN (SELECT client_id FROM enrolment WHERE provider_id = $8 AND active AND until_at IS NULL) -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM enrolment AS here
        WHERE here.client_id = client.id AND here.provider_id = $9 AND here.active AND here.until_at IS NULL)
    -- ?}
    AND $6 IS NULL -- ?
ORDER BY name_key, id
LIMIT $7
