//! Visits as a file plans them, before they are imported.

use std::collections::HashSet;

use chrono::{NaiveTime, TimeDelta};

use super::directory::Reject;
use super::edit::{self, Edit};
use super::instance::{Instance, InstanceReject, InstanceVisit};
use super::remarks::Remarks;
use super::time;
use super::visit::{Visit, VisitStatus};
use crate::model::prelude::*;

/// The content of a file, with its rejects.
#[derive(Debug, Default)]
pub(crate) struct VisitPlan {
    pub(crate) planned_visits: Vec<PlannedVisit>,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) remarks: Remarks,
}

/// One visit that a file plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlannedVisit {
    /// Stable between readings, and unique in the file.
    pub(crate) source_id: String,
    pub(crate) start: DateTime<Utc>,
    /// Minutes, 1 to 1440.
    pub(crate) minutes: i64,
    /// None where the file does not speak of it (rule 5.2).
    pub(crate) note: Option<Edit<String>>,
    pub(crate) provider_note: Option<Edit<String>>,
    pub(crate) status: VisitStatus,
    /// Where it is in the file.
    pub(crate) row: Reject,
}

impl PlannedVisit {
    /// Updates the visit from the file. A cancelled one stays cancelled: the cancellation is newer
    /// information.
    pub(crate) fn applied_to(&self, visit: &Visit) -> Visit {
        if visit.is_cancelled() {
            return visit.clone();
        }
        let (start, minutes, status) = (self.start, self.minutes, self.status);
        let note = edit::apply(self.note.as_ref(), visit.note.clone());
        let provider_note = edit::apply(self.provider_note.as_ref(), visit.provider_note.clone());
        Visit { start, minutes, status, note, provider_note, ..visit.clone() }
    }
}

const TWIN: &str = "is in another of the files as well";

impl VisitPlan {
    /// Adds what another file plans. What is in both is rejected there.
    pub(crate) fn add(&mut self, more: VisitPlan) {
        let known: HashSet<&str> = self.planned_visits.iter().map(|visit| visit.source_id.as_str()).collect();
        let (twins, new): (Vec<_>, Vec<_>) =
            more.planned_visits.into_iter().partition(|visit| known.contains(visit.source_id.as_str()));
        let twin = |visit: PlannedVisit| Reject { reason: TWIN.to_owned(), ..visit.row };
        self.planned_visits.extend(new);
        self.rejects.extend(more.rejects.into_iter().chain(twins.into_iter().map(twin)));
        self.remarks.add(more.remarks);
    }

    /// An instance on one day, its minutes in local time. `patients` are the wanted ones, all if empty; one
    /// that is not in the instance is `import.no_patient`. The day is part of each source id, so one instance
    /// can be planned on several days.
    pub(crate) fn of_instance(
        instance: Instance, patients: &[String], date: NaiveDate, zone: Zone,
    ) -> Result<VisitPlan> {
        let is_wanted =
            |patient: &str| patients.is_empty() || patients.iter().any(|wanted| wanted == patient);
        if let Some(missing) = patients.iter().find(|wanted| !knows(&instance, wanted)) {
            return Err(no_patient(&instance, missing));
        }
        let Instance { name, visits, rejects } = instance;
        let mut visit_plan = VisitPlan::default();
        let is_wanted_reject =
            |reject: &InstanceReject| reject.patient.as_deref().map_or(patients.is_empty(), is_wanted);
        for reject in rejects.into_iter().filter(is_wanted_reject) {
            visit_plan.rejects.push(left_out(&name, reject.place, reject.reason));
        }
        for visit in visits.into_iter().filter(|visit| is_wanted(&visit.patient)) {
            let row = left_out(&name, format!("patient `{}`", visit.patient), String::new());
            match planned(&visit, date, zone) {
                Ok(planned) => visit_plan.planned_visits.push(PlannedVisit { row, ..planned }),
                Err(reason) => visit_plan.rejects.push(Reject { reason, ..row }),
            }
        }
        Ok(visit_plan)
    }

    /// The number of rows.
    pub(crate) fn read(&self) -> u64 {
        (self.planned_visits.len() + self.rejects.len()) as u64
    }
}

fn planned(visit: &InstanceVisit, date: NaiveDate, zone: Zone) -> Result<PlannedVisit, String> {
    let local = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(visit.start_minute);
    Ok(PlannedVisit {
        source_id: format!("{}@{date}", visit.source_id),
        start: time::instant(local, zone)?,
        minutes: visit.duration_minutes,
        note: Some(Edit::Set(format!("{} {}", visit.patient, visit.service))),
        provider_note: None,
        status: VisitStatus::Planned,
        row: Reject::default(),
    })
}

fn knows(instance: &Instance, patient: &str) -> bool {
    instance.visits.iter().any(|visit| visit.patient == patient)
        || instance.rejects.iter().any(|reject| reject.patient.as_deref() == Some(patient))
}

fn no_patient(instance: &Instance, patient: &str) -> Error {
    let mut known: Vec<&str> = instance.visits.iter().map(|visit| visit.patient.as_str()).collect();
    known.dedup();
    let hint = match known.as_slice() {
        [] => "it has no patient that can be used".to_owned(),
        [one] => format!("its one patient is `{one}`"),
        [first, .., last] => format!("it has {} patients, from `{first}` to `{last}`", known.len()),
    };
    Error::invalid("import.no_patient", format!("`{}` has no patient `{patient}`", instance.name)).hint(hint)
}

/// An instance is no table, so a reject has no cells.
fn left_out(instance: &str, place: String, reason: String) -> Reject {
    let file = instance.to_owned();
    Reject { file, place: Some(place), reason, ..Reject::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance() -> Instance {
        let visit = |patient: &str, start_minute| InstanceVisit {
            patient: patient.to_owned(),
            service: "s4".to_owned(),
            start_minute,
            duration_minutes: 30,
            source_id: format!("toy/{patient}/s4/1"),
        };
        let reject = InstanceReject {
            patient: Some("p3".to_owned()),
            place: "patient `p3`".to_owned(),
            reason: "bad".to_owned(),
        };
        Instance {
            name: "toy".to_owned(),
            visits: vec![visit("p1", 90), visit("p2", 540)],
            rejects: vec![reject],
        }
    }

    fn on(date: &str, patients: &[&str]) -> Result<VisitPlan> {
        let patients: Vec<String> = patients.iter().map(|&patient| patient.to_owned()).collect();
        VisitPlan::of_instance(instance(), &patients, date.parse().unwrap(), "Europe/London".parse().unwrap())
    }

    #[test]
    fn minutes_are_those_of_the_clock_on_the_wall() {
        let summer = on("2026-07-01", &["p2"]).unwrap();
        assert_eq!(summer.planned_visits[0].start.to_rfc3339(), "2026-07-01T08:00:00+00:00");
        assert_eq!(summer.planned_visits[0].source_id, "toy/p2/s4/1@2026-07-01");
        assert_eq!(summer.planned_visits[0].note, Some(Edit::Set("p2 s4".to_owned())));
        assert_eq!(
            (summer.planned_visits.len(), summer.rejects.len()),
            (1, 0),
            "only the patient that was asked for"
        );
    }

    #[test]
    fn a_start_that_the_clocks_skip_is_a_reject() {
        let spring = on("2026-03-29", &[]).unwrap();
        let reasons: Vec<_> =
            spring.rejects.iter().map(|reject| (reject.origin(), reject.reason.clone())).collect();
        assert_eq!(reasons[0], ("toy at patient `p3`".to_owned(), "bad".to_owned()));
        assert_eq!(reasons[1].0, "toy at patient `p1`");
        assert!(reasons[1].1.contains("the clocks skip it"), "{reasons:?}");
        assert_eq!(spring.read(), 3);
    }

    #[test]
    fn a_patient_who_is_not_there_is_said() {
        assert_eq!(on("2026-07-01", &["p9"]).unwrap_err().code(), "import.no_patient");
        assert_eq!(on("2026-07-01", &["p3"]).unwrap().rejects.len(), 1);
    }
}
