-- Accounts and contacts in the order of the names under which the audit trail knows them, to compare them with it (rule 4.1).

CREATE INDEX account_login ON account (login);
CREATE INDEX contact_number ON contact (number);
