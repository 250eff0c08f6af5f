-- Lets the provider $1, and each that leads to it, lead to the provider $2; it is offered nothing any more.
UPDATE provider SET merged_into = $2, active = FALSE WHERE id = $1 OR merged_into = $1
