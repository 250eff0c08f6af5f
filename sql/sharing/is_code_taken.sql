-- Returns a row if a request has the code $1.
SELECT code FROM sharing_request WHERE code = $1
