-- Adds words of resources: $1 word, $2 resource, $3 weight.
INSERT INTO resource_word (word, resource_id, weight)
VALUES ($1, $2, $3)
