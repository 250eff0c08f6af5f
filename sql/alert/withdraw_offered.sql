-- Withdraws the alerts of the offer of the package $1 to the provider $2 that have not been sent, with the reason $3. One
-- that is being sent at this moment can be called back no more.
UPDATE alert SET state = 'withdrawn', problem = $3
WHERE package_id = $1 AND provider_id = $2 AND kind = 'offered' AND state IN ('waiting', 'failed')
