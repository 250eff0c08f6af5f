-- Returns clients by name: with the id $1, with a folded name from $2 up to $3, after the one whose folded name is $4 and
-- id $5, in the status $8, active at the provider $9, who are few there, or $10; with the folded name $11, or one after
-- $12: the anonymous have an empty one; for staff only ($6 is the portal account that looks); at most $7.
SELECT id, code, given, family, birth_date, postal_code, address, carer_note, external_id, status, since_on, source,
    source_id, merged_into
FROM client
WHERE merged_into IS NULL
    AND id = $1 -- ?
    AND name_key >= $2 AND name_key < $3 -- ?
    AND (name_key, id) > ($4, $5) -- ?
    AND name_key = $11 -- ?
    AND name_key > $12 -- ?
    AND status = $8 -- ?
    AND id IN (SELECT client_id FROM enrolment WHERE provider_id = $9 AND active AND until_at IS NULL) -- ?
    -- ?{
    AND EXISTS (SELECT 1 FROM enrolment AS here
        WHERE here.client_id = client.id AND here.provider_id = $10 AND here.active AND here.until_at IS NULL)
    -- ?}
    AND $6 IS NULL -- ?
ORDER BY name_key, id
LIMIT $7
