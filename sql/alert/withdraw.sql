-- Withdraws the alerts of an assignment of the referral $1 that have not been sent, with the reason $2. One that is being
-- sent at this moment can be called back no more.
UPDATE alert SET state = 'withdrawn', problem = $2
WHERE referral_id = $1 AND kind IN ('assigned', 'status') AND state IN ('waiting', 'failed')
