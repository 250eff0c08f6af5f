-- The number of the newest entry of the audit trail that a change, or a read that is recorded, has written: so a trail that
-- was cut at its end shows (rule 4.1). None of what older versions have done, and of what wrote none.

ALTER TABLE operation_key ADD COLUMN entry BIGINT;
