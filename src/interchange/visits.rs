//! Reads a plain table of visits, one per row: start, duration and note.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::model::zone::Zone;
use chrono::{NaiveDate, SecondsFormat};
use sha2::{Digest, Sha256};

use super::table::{Column, Mapping, Reading, Row, Rows, edit};
use crate::error::Result;
use crate::file::Input;
use crate::model::audit::hex;
use crate::model::directory::Reject;
use crate::model::time::{self, Moment};
use crate::model::visit::VisitStatus;
use crate::model::visit_plan::{PlannedVisit, VisitPlan};

/// What `visit list` writes can be read again (rule 5.4).
const MAPPING: Mapping<6> = Mapping {
    fields: ["start", "duration", "note", "id", "status", "provider_note"],
    required: &["start", "duration"],
    listed: &[("duration", "duration_minutes"), ("id", "code")],
    also_listed: &[
        "referral",
        "package",
        "package_reference",
        "package_status",
        "offered_start",
        "offered_duration_minutes",
        "differs_from_offer",
    ],
    mark: None,
};

/// Reads a table of visits. A start is written as [`Moment`] reads it, a duration as [`time::minutes`] does. Without an
/// id the start, the duration and the note stand for it. Errors are those of [`Rows::open`].
pub(crate) fn read(input: &Input, how: &Reading, today: NaiveDate, zone: Zone) -> Result<VisitPlan> {
    let mut rows = Rows::open(input, how, &MAPPING, move |row, columns| planned(row, columns, today, zone))?;
    let mut visit_plan = VisitPlan::default();
    let (mut lines, mut notes) = (HashMap::new(), Vec::new());
    while let Some((found, row)) = rows.next()? {
        if let Some(twice) = found.as_ref().ok().and_then(|planned| planned.twice.as_ref()) {
            notes.push(format!("line {}: {twice}", row.line.unwrap_or_default()));
        }
        let planned = found.and_then(|planned| match lines.entry(planned.visit.source_id.clone()) {
            Entry::Occupied(first) => Err(planned.twin(*first.get())),
            Entry::Vacant(free) => {
                free.insert(row.line.unwrap_or_default());
                Ok(planned.visit)
            }
        });
        match planned {
            Ok(visit) => {
                let row = row.without_cells();
                visit_plan.planned_visits.push(PlannedVisit { row, ..visit });
            }
            Err(reason) => visit_plan.rejects.push(Reject { reason, ..row }),
        }
    }
    visit_plan.remarks = rows.remarks();
    visit_plan.remarks.notes.extend(notes);
    Ok(visit_plan)
}

/// A visit, whether the row gives its id, and what is to be said of a start that comes twice.
struct Planned {
    visit: PlannedVisit,
    has_id: bool,
    twice: Option<String>,
}

impl Planned {
    fn twin(&self, first: u64) -> String {
        if self.has_id {
            return format!("id `{}` was already used on line {first}", self.visit.source_id);
        }
        format!("is the same as line {first}; if both are meant, give each row an `id` of its own")
    }
}

fn planned(row: &Row<'_>, columns: [Column; 6], today: NaiveDate, zone: Zone) -> Result<Planned, String> {
    let [start, duration, note, id, status, provider_note] = columns;
    let start: Moment = row.ordered(&row.name(start)?.ok_or("has no start")?).parse()?;
    let (start, twice) = (start.resolve(today, zone)?, start.twice(today, zone));
    let minutes = time::minutes(&row.name(duration)?.ok_or("has no duration")?)?;
    let text = row.note(note)?;
    let source_id = if id.is_absent() {
        let start = start.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        format!("{start}|{minutes}|{}", brief(text.as_deref().unwrap_or_default()))
    } else {
        row.name(id)?.ok_or("has no id")?
    };
    let status = row.name(status)?.map_or(Ok(VisitStatus::Planned), |text| status_of(&text))?;
    let visit = PlannedVisit {
        source_id,
        start,
        minutes,
        note: edit(row, note, text),
        provider_note: edit(row, provider_note, row.note(provider_note)?),
        status,
        row: Reject::default(),
    };
    Ok(Planned { visit, has_id: !id.is_absent(), twice })
}

/// The note itself, or its digest where an index of the database could not hold it.
fn brief(note: &str) -> Cow<'_, str> {
    const LONGEST: usize = 500;
    if note.len() <= LONGEST { note.into() } else { hex(&Sha256::digest(note)).into() }
}

fn status_of(text: &str) -> Result<VisitStatus, String> {
    let status = VisitStatus::from_name(&text.to_lowercase());
    status.ok_or_else(|| format!("status `{text}` is neither planned nor cancelled"))
}

#[cfg(test)]
mod tests {
    use super::*;
    fn table(text: &str) -> Result<VisitPlan> {
        let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
        read(
            &Input::of("visits.csv", text.as_bytes()),
            &Reading::default(),
            today,
            "Europe/London".parse().unwrap(),
        )
    }

    #[test]
    fn rows_become_calls() {
        let read = table("start,duration,note\n2026-12-01 09:00,45m,\ntomorrow 9:30,1h,key safe\n").unwrap();
        let texts: Vec<&str> = read.planned_visits.iter().map(|planned| planned.source_id.as_str()).collect();
        assert_eq!(texts, ["2026-12-01T09:00:00Z|45|", "2026-07-02T08:30:00Z|60|key safe"]);
    }

    #[test]
    fn what_visit_list_writes_can_be_read_again() {
        let read =
            table("code,start,duration_minutes,status\nVIS-0,2026-12-01T09:00:00Z,30,planned\n").unwrap();
        assert_eq!(
            (read.planned_visits[0].source_id.as_str(), read.planned_visits[0].minutes),
            ("VIS-0", 30)
        );
    }

    #[test]
    fn rows_that_make_no_sense_are_rejects() {
        let text = "id,start,duration\n1,,30\n2,2026-12-01,30\n3,2026-12-01 09:00,25h\n4,2026-12-01 09:00,\n5,2026-12-01 09:00,30\n5,2026-12-02 09:00,30\n,2026-12-02 09:00,30\n";
        let reasons: Vec<String> =
            table(text).unwrap().rejects.into_iter().map(|reject| reject.reason).collect();
        let beginnings = [
            "has no start",
            "`2026-12-01` is not a date and time",
            "`25h` is not the length",
            "has no duration",
            "id `5` was already used on line 6",
            "has no id",
        ];
        assert_eq!(reasons.len(), beginnings.len());
        for (reason, beginning) in reasons.iter().zip(beginnings) {
            assert!(reason.starts_with(beginning), "{reason}");
        }
        let twins = table("start,duration\n2026-12-01 09:00,30\n2026-12-01T09:00,30m\n").unwrap();
        assert!(twins.rejects[0].reason.starts_with("is the same as line 2"));
    }
}
