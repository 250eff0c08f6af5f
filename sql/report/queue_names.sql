-- Returns what the queues of a list are called.
SELECT id, name FROM queue WHERE id IN ($all_in)
