-- Takes the status $1 away; refused by the database where a referral is in it.
DELETE FROM queue_status WHERE id = $1
