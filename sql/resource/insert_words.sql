-- Adds words of resources: $1 word, $2 weight, $3 number of the resource.
INSERT INTO search_word (word, weight, number)
VALUES ($1, $2, $3)
