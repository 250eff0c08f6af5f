-- The visits that are planned and that no provider has, past ones too: a list of what is still to be found says from when on.
CREATE VIEW uncovered_visit AS
SELECT visit.id AS visit_id
FROM visit
WHERE visit.status = 'planned' AND NOT EXISTS (SELECT 1 FROM held_visit AS held WHERE held.visit_id = visit.id);
