-- Lets the visits of the package $1 go.
UPDATE package_visit SET live = FALSE WHERE package_id = $1 AND live
