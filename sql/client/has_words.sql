-- Returns a row if there are words that clients are found by.
SELECT word FROM client_word LIMIT 1
