-- Returns how many records there are of the client $1.
SELECT CAST(COUNT(*) AS BIGINT) AS records FROM record WHERE client_id = $1
