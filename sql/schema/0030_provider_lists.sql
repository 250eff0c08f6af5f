-- What a provider sees is found from its own side, however much there is of others: its offers by their status and package, and
-- who is visited from the client on.

CREATE INDEX offer_provider_id_status_package_id ON offer (provider_id, status, timed, package_id);

-- Visibility: the visits that show a portal account whose they are and where, written so that they are found from the client on:
-- CROSS JOIN keeps an engine that knows nothing of the numbers from beginning with all visits of a provider. How long each
-- does so is a setting, so a query says from which start on they count.
DROP VIEW account_visit_contact;
CREATE VIEW account_visit_contact AS
SELECT mine.account_id, held.provider_id, held.package_id, referral.client_id, visit.starts_at
FROM referral
CROSS JOIN visit
CROSS JOIN held_visit AS held
CROSS JOIN account_provider AS mine
CROSS JOIN account_permission AS permission
WHERE visit.referral_id = referral.id AND visit.status = 'planned' AND held.visit_id = visit.id
    AND mine.provider_id = held.provider_id
    AND permission.account_id = mine.account_id AND permission.permission = 'access-contact-details';

-- Whom the providers of a portal account visit or have visited, found from the provider on: among them are those of
-- account_visit_contact.
CREATE VIEW account_visit_client AS
SELECT mine.account_id, referral.client_id, visit.starts_at
FROM account_provider AS mine
CROSS JOIN visit
CROSS JOIN referral
WHERE visit.holder_id = mine.provider_id AND referral.id = visit.referral_id;
