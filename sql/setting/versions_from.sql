-- Returns the number of the entry of the audit trail from which on it is kept how all stood, if that is not the beginning.
SELECT value FROM setting WHERE name = 'versions_from'
