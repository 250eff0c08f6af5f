-- Sets the last day $2 on which the request $1 can be answered.
UPDATE sharing_request SET lapses_on = $2 WHERE id = $1
