//! What became of a package, step by step.

use super::{OfferStatus, Package};
use crate::model::history::HistoryLine;
use crate::model::prelude::*;

names! {
    pub(crate) enum StepKind {
        /// The package was created.
        Created = "created",
        /// A provider was asked, or is to be asked at a later time.
        Asked = "asked",
        /// The wave of a provider opened.
        Opened = "opened",
        /// The provider was reminded of what it had not answered.
        Reminded = "reminded",
        Accepted = "accepted",
        Rejected = "rejected",
        /// The time to answer by was over.
        Lapsed = "lapsed",
        /// Another provider accepted.
        Closed = "closed",
        /// The offer was taken out of the package.
        Removed = "removed",
        HandedBack = "handed_back",
        /// The package was recalled.
        Recalled = "recalled",
        /// Its reference or its note for providers was changed.
        Changed = "changed",
        /// One of its visits was changed, cancelled or planned again.
        VisitChanged = "visit_changed",
    }
}

view! {
    /// A step in the history of a package.
    pub(crate) struct PackageStep("step", |view| view.step.name()) {
        at: DateTime<Utc> => Instant,
        step: StepKind => Status,
        /// The code of the provider that it concerns.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name,
        /// The account that did it; none where the clock did.
        by: Option<String> => Login,
        /// The login of the admin who used that account.
        acted_by: Option<String> => Login(rank 3),
        /// The code of the visit that was changed.
        visit: Option<String> => Code(rank 3),
        /// What was changed: a field of the package or of the visit.
        field: Option<String> => Text(rank 3),
        from: Option<String> => Text(rank 3),
        to: Option<String> => Text(rank 3),
        /// From when on the provider can answer, if not at once.
        opens_at: Option<DateTime<Utc>> => Instant(rank 2),
        /// The time to answer by.
        lapses_at: Option<DateTime<Utc>> => Instant(rank 1),
        reason: Option<String> => Text,
    }
}

/// An offer with who did what.
pub(crate) struct OfferSteps {
    pub(crate) provider: String,
    pub(crate) provider_name: String,
    pub(crate) status: OfferStatus,
    pub(crate) requested_by: String,
    pub(crate) requested_at: DateTime<Utc>,
    pub(crate) opens_at: Option<DateTime<Utc>>,
    pub(crate) lapses_at: Option<DateTime<Utc>>,
    pub(crate) responded_by: Option<String>,
    pub(crate) responded_at: Option<DateTime<Utc>>,
    pub(crate) ended_by: Option<String>,
    pub(crate) ended_at: Option<DateTime<Utc>>,
    pub(crate) removed_by: Option<String>,
    pub(crate) removed_at: Option<DateTime<Utc>>,
    pub(crate) reason: Option<String>,
    /// When its provider was reminded, and by whom.
    pub(crate) reminders: Vec<(DateTime<Utc>, String)>,
}

/// All steps until `now`, in order. What the clock did is derived. For a provider (`is_own`) its own offers are all that there is
/// (rule 1.11), and one begins when it opens.
pub(crate) fn history(
    package: &Package, offers: &[OfferSteps], is_own: bool, now: DateTime<Utc>,
) -> Vec<PackageStep> {
    let mut steps = Vec::new();
    if !is_own {
        steps.push(of_package(StepKind::Created, package.created_at, Some(&package.created_by)));
        let recalled =
            package.recalled_at.map(|at| of_package(StepKind::Recalled, at, package.recalled_by.as_ref()));
        steps.extend(recalled);
    }
    for offer in offers {
        steps.extend(offer.steps(is_own, now));
    }
    // The sort is stable, so that steps of one instant stay in the order of what led to them.
    steps.sort_by_key(|step| (step.at, step.step == StepKind::Closed, step.step == StepKind::Recalled));
    steps
}

/// What changes a package itself, beside what becomes of its offers.
const EDITS: [&str; 2] = ["package.rename", "package.edit"];

/// The same with what only the audit trail tells, of which these lines are about the package and its visits: who acted as another,
/// names and notes that it had, and what became of its visits while it had them.
pub(crate) fn with_trail(
    mut steps: Vec<PackageStep>, package: &Package, lines: &[HistoryLine],
) -> Vec<PackageStep> {
    for step in &mut steps {
        let same = |line: &&HistoryLine| line.at == step.at && Some(&line.by) == step.by.as_ref();
        step.acted_by = lines.iter().find(same).and_then(|line| line.acted_by.clone());
    }
    let handed_back_at = package.handed_back_by().and_then(|offer| offer.ended_at);
    // Handed back, it has them no more, whenever it is recalled.
    let end = handed_back_at.or(package.recalled_at);
    let is_while = |at: DateTime<Utc>| at > package.created_at && end.is_none_or(|end| at <= end);
    let change = |line: &HistoryLine| {
        let is_edit = line.on == package.code && EDITS.contains(&line.action.as_str());
        let is_visit = line.on != package.code && line.field.is_some() && is_while(line.at);
        if !is_edit && !is_visit {
            return None;
        }
        let step = if is_edit { StepKind::Changed } else { StepKind::VisitChanged };
        let visit = is_visit.then(|| line.on.clone());
        let (by, field) = (Some(line.by.clone()), line.field.clone());
        let (from, to, acted_by) = (line.from.clone(), line.to.clone(), line.acted_by.clone());
        Some(PackageStep { by, acted_by, visit, field, from, to, ..of_package(step, line.at, None) })
    };
    steps.extend(lines.iter().filter_map(change));
    steps.sort_by_key(|step| step.at);
    steps
}

impl PackageStep {
    /// With the instants among its values as a hub reads them.
    pub(crate) fn in_zone(self, zone: Zone) -> PackageStep {
        PackageStep { from: zone.local_value(self.from), to: zone.local_value(self.to), ..self }
    }
}

fn of_package(step: StepKind, at: DateTime<Utc>, by: Option<&String>) -> PackageStep {
    PackageStep {
        at,
        step,
        provider: None,
        provider_name: None,
        by: by.cloned(),
        acted_by: None,
        visit: None,
        field: None,
        from: None,
        to: None,
        opens_at: None,
        lapses_at: None,
        reason: None,
    }
}

impl OfferSteps {
    fn step(&self, step: StepKind, at: DateTime<Utc>, by: Option<&String>) -> PackageStep {
        PackageStep {
            provider: Some(self.provider.clone()),
            provider_name: Some(self.provider_name.clone()),
            ..of_package(step, at, by)
        }
    }

    /// The last instant at which it could have opened or lapsed.
    fn until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        [self.responded_at, self.ended_at, self.removed_at].into_iter().flatten().fold(now, Ord::min)
    }

    fn steps(&self, is_own: bool, now: DateTime<Utc>) -> Vec<PackageStep> {
        let until = self.until(now);
        let opened = self.opens_at.filter(|at| *at <= until);
        let asked_at = opened.filter(|_| is_own).unwrap_or(self.requested_at);
        let asked = PackageStep {
            opens_at: self.opens_at.filter(|_| !is_own),
            lapses_at: self.lapses_at,
            ..self.step(StepKind::Asked, asked_at, Some(&self.requested_by))
        };
        let mut steps = vec![asked];
        steps.extend(opened.filter(|_| !is_own).map(|at| self.step(StepKind::Opened, at, None)));
        let reminded = |(at, by): &(_, String)| self.step(StepKind::Reminded, *at, Some(by));
        steps.extend(self.reminders.iter().map(reminded));
        let answer =
            if self.status == OfferStatus::Rejected { StepKind::Rejected } else { StepKind::Accepted };
        let by = self.responded_by.as_ref();
        steps.extend(self.responded_at.map(|at| PackageStep {
            reason: self.reason.clone().filter(|_| answer == StepKind::Rejected),
            ..self.step(answer, at, by)
        }));
        let lapsed = self.lapses_at.filter(|at| self.responded_at.is_none() && *at <= until);
        steps.extend(lapsed.map(|at| self.step(StepKind::Lapsed, at, None)));
        steps.extend(self.ended_at.and_then(|at| self.end(at)));
        steps.extend(self.removed_at.map(|at| self.step(StepKind::Removed, at, self.removed_by.as_ref())));
        steps
    }

    /// What was recalled is recalled with its package.
    fn end(&self, at: DateTime<Utc>) -> Option<PackageStep> {
        match self.status {
            OfferStatus::HandedBack => Some(PackageStep {
                reason: self.reason.clone(),
                ..self.step(StepKind::HandedBack, at, self.ended_by.as_ref())
            }),
            OfferStatus::Closed => Some(self.step(StepKind::Closed, at, None)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    // Rules 1.11 and 1.13: an offer in a second wave, which opens at four and lapses at eight, and the steps that there are at nine.
    #[test]
    fn what_the_clock_did_is_derived() {
        let offer = OfferSteps {
            provider: "PRV-1".to_owned(),
            provider_name: "Acme".to_owned(),
            status: OfferStatus::Lapsed,
            requested_by: "anna".to_owned(),
            requested_at: at(0),
            opens_at: Some(at(4)),
            lapses_at: Some(at(8)),
            responded_by: None,
            responded_at: None,
            ended_by: None,
            ended_at: None,
            removed_by: None,
            removed_at: None,
            reason: None,
            reminders: vec![(at(6), "anna".to_owned())],
        };
        let steps = |offer: &OfferSteps, is_own: bool, hour: i64| -> Vec<(i64, &'static str)> {
            let hour_of = |step: &PackageStep| step.at.signed_duration_since(at(0)).num_hours();
            offer.steps(is_own, at(hour)).iter().map(|step| (hour_of(step), step.step.name())).collect()
        };
        assert_eq!(steps(&offer, false, 9), [(0, "asked"), (4, "opened"), (6, "reminded"), (8, "lapsed")]);
        assert_eq!(steps(&offer, true, 9), [(4, "asked"), (6, "reminded"), (8, "lapsed")]);
        assert_eq!(steps(&offer, false, 7), [(0, "asked"), (4, "opened"), (6, "reminded")]);
        let closed =
            OfferSteps { status: OfferStatus::Closed, ended_at: Some(at(3)), reminders: Vec::new(), ..offer };
        assert_eq!(steps(&closed, false, 9), [(0, "asked"), (3, "closed")], "it never opened");
    }
}
