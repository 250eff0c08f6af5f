-- Returns a row if a contract has the code $1.
SELECT code FROM contract WHERE code = $1
