-- Returns the instant of the entry of the audit trail with the number $1.
SELECT at FROM audit WHERE sequence = $1
