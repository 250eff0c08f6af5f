-- Gives the visits that the provider $1 accepted to the provider $2.
UPDATE visit SET holder_id = $2 WHERE holder_id = $1
