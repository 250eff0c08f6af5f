-- Gives the agency record of the provider $1 the name $2, folded $3.
UPDATE resource SET name = $2, name_key = $3 WHERE provider_id = $1 AND kind = 'agency'
