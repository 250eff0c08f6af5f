-- Entries of an action or a time are a range of an index, however long the audit trail is.
CREATE INDEX audit_action_sequence ON audit (action, sequence);
CREATE INDEX audit_at_sequence ON audit (at, sequence);
