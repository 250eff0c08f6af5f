-- Gives the detail of the provider $1 at position $3 the folded name $2.
UPDATE directory_detail SET name_key = $2 WHERE provider_id = $1 AND position = $3
