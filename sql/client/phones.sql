-- Returns the phones of clients, as their contacts have them.
SELECT DISTINCT client_id, phone FROM contact WHERE phone IS NOT NULL
