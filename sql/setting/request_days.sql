-- Returns how many days a sharing request waits for an answer, as a text.
SELECT value FROM setting WHERE name = 'request_days'
