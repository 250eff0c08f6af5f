-- Returns for how many days after the last visit a provider sees contact details.
SELECT value FROM setting WHERE name = 'contact_days'
