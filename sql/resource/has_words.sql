-- Returns a row where anything can be searched for.
SELECT word FROM search_word LIMIT 1
