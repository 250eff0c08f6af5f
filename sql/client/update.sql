-- Gives the client $1 the given names $2, family name $3, folded name $4, birth date $5, postal code $6, id in another
-- system $7, status $8 since the day $9, address $10 and note for carers $11.
UPDATE client
SET given = $2, family = $3, name_key = $4, birth_date = $5, postal_code = $6, external_id = $7, status = $8,
    since_on = $9, address = $10, carer_note = $11
WHERE id = $1
