-- In the answers that are kept, the thing with the code $1 has the code $2 from now on; both as JSON texts.
UPDATE operation_key
SET answer = replace(answer, $1, $2)
WHERE answer <> replace(answer, $1, $2)
