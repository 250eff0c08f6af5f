-- The login of the person who used another's account is called acted_by, as in JSON.

ALTER TABLE referral_change RENAME COLUMN behind TO acted_by;
ALTER TABLE disclosure RENAME COLUMN behind TO acted_by;
