-- Opens or closes the request $1: $2 whether it was open, $3 whether it is from now on.
UPDATE sharing_request SET open = $3 WHERE id = $1 AND open = $2
