-- Why a source has made a provider or a program inactive: it says so (status), or it no longer has the program (absence). Empty for
-- what people have switched off here, which no source switches on again (rule 5.2).
ALTER TABLE provider ADD COLUMN ended_by_source TEXT CHECK (ended_by_source IN ('status', 'absence'));
ALTER TABLE resource ADD COLUMN ended_by_source TEXT CHECK (ended_by_source IN ('status', 'absence'));
UPDATE resource SET ended_by_source = 'status' WHERE state = 'inactive' AND source_id IS NOT NULL;
