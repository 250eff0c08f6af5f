-- Gives the contact $1 the number $2, folded $3, given names $4, family name $5, folded name $6, postal code $7, telephone
-- $8, e-mail $9, submit date $10 and details $11.
UPDATE contact SET number = $2, number_key = $3, given = $4, family = $5, name_key = $6, postal_code = $7, phone = $8,
    email = $9, submitted_on = $10, details = $11
WHERE id = $1
