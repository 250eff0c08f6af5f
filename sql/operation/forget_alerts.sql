-- Deletes the alerts with these codes, which were not sent.
DELETE FROM alert WHERE state IN ('waiting', 'failed', 'withdrawn') AND code IN ($all_in)
