//! A visit: one appointment in the care schedule of a referral.

use chrono::{Datelike, NaiveDateTime, Weekday};

use super::referral::Referral;
use super::time;
use crate::model::package_status::PackageStatus;
use crate::model::prelude::*;

pub(crate) const NOUN: Noun = noun!("visit");

/// The most visits of a repetition: three a day for two years.
const MOST_REPEATED: usize = 2_200;

names! {
    pub(crate) enum VisitStatus {
        Planned = "planned",
        Cancelled = "cancelled",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    pub(crate) id: VisitId,
    pub(crate) code: String,
    pub(crate) referral_id: ReferralId,
    /// The code of the referral.
    pub(crate) referral: String,
    pub(crate) start: DateTime<Utc>,
    pub(crate) minutes: i64,
    pub(crate) status: VisitStatus,
    /// The hub's own, which no provider sees.
    pub(crate) note: Option<String>,
    /// For the providers that are asked (rule 1.12).
    pub(crate) provider_note: Option<String>,
    /// Rises with every change that calendars must notice (iCalendar's SEQUENCE).
    pub(crate) sequence: i64,
    pub(crate) source_id: Option<String>,
    /// The live package that it is in.
    pub(crate) outsourced: Option<Outsourced>,
}

/// The package of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outsourced {
    /// The code of the package, and its reference.
    pub(crate) package: String,
    pub(crate) reference: String,
    pub(crate) status: PackageStatus,
    /// The code of the provider that has it.
    pub(crate) accepted_by: Option<String>,
    /// As it was offered (rule 1.7).
    pub(crate) offered_start: DateTime<Utc>,
    pub(crate) offered_duration_minutes: i64,
}

impl Visit {
    /// A new visit without a note or source, not outsourced.
    pub(crate) fn planned(
        id: VisitId, code: String, referral: &Referral, start: DateTime<Utc>, minutes: i64,
    ) -> Self {
        Visit {
            id,
            code,
            referral_id: referral.id,
            referral: referral.code.clone(),
            start,
            minutes,
            status: VisitStatus::Planned,
            note: None,
            provider_note: None,
            sequence: 0,
            source_id: None,
            outsourced: None,
        }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.status == VisitStatus::Cancelled
    }

    /// The offered values, if the live visit differs from them (rule 1.7).
    pub(crate) fn differs_from_offer(&self) -> Option<&Outsourced> {
        let differs = |offered: &&Outsourced| {
            offered.offered_start != self.start || offered.offered_duration_minutes != self.minutes
        };
        self.outsourced.as_ref().filter(differs)
    }

    /// Refused if it is cancelled (rule 1.2).
    pub(crate) fn must_be_planned(&self) -> Result<()> {
        if !self.is_cancelled() {
            return Ok(());
        }
        Err(Error::refused("visit.cancelled", format!("visit `{}` is cancelled", self.code))
            .hint(format!("`caredesk visit list {}` shows the planned ones", self.referral))
            .detail("visit", self.code.clone()))
    }

    pub(crate) fn view(&self) -> VisitView {
        let offered = self.outsourced.as_ref();
        cloned! { self => VisitView {
            code, referral, start, status, note, provider_note,
            duration_minutes: self.minutes,
            package: offered.map(|offered| offered.package.clone()),
            package_reference: offered.map(|offered| offered.reference.clone()),
            package_status: offered.map(|offered| offered.status),
            offered_start: offered.map(|offered| offered.offered_start),
            offered_duration_minutes: offered.map(|offered| offered.offered_duration_minutes),
            differs_from_offer: self.differs_from_offer().is_some(),
        } }
    }
}

view! {
    /// A visit as staff see it: the live values, and the offered ones beside them.
    pub(crate) struct VisitView("visit", |view| &view.code) {
        code: String => Code,
        referral: String => Code(hidden),
        start: DateTime<Utc> => Instant,
        duration_minutes: i64 => Minutes,
        status: VisitStatus => Status,
        // The hub's own, which no provider sees.
        note: Option<String> => Text(rank 1),
        /// What the hub writes for the providers that are asked.
        provider_note: Option<String> => Text(hidden),
        /// The code of the live package that it is in.
        package: Option<String> => Code(hidden),
        package_reference: Option<String> => Name,
        package_status: Option<PackageStatus> => Status,
        offered_start: Option<DateTime<Utc>> => Instant(hidden),
        offered_duration_minutes: Option<i64> => Minutes(rank 2),
        differs_from_offer: bool => YesNo(hidden),
    }
}

/// The starts of a weekly repetition: at the same time on the wall on each of these days, from the first
/// start to the last day, that day included. Refused: a last day before the first, none of the days in
/// between, too many.
pub(crate) fn repeated(
    first: NaiveDateTime, days: &[Weekday], until: NaiveDate, zone: Zone,
) -> Result<Vec<DateTime<Utc>>> {
    if until < first.date() {
        return Err(Error::invalid(
            "visit.until",
            format!("the repetition ends on {until}, before it begins on {}", first.date()),
        ));
    }
    let dates = first
        .date()
        .iter_days()
        .take_while(|date| *date <= until)
        .filter(|date| days.contains(&date.weekday()));
    let dates: Vec<NaiveDate> = dates.take(MOST_REPEATED + 1).collect();
    if dates.len() > MOST_REPEATED {
        return Err(Error::invalid(
            "visit.until",
            format!("the repetition would make more than {MOST_REPEATED} visits"),
        )
        .hint("end it earlier with `--until`"));
    }
    if dates.is_empty() {
        return Err(Error::invalid(
            "visit.weekly",
            format!("none of those days lies between {} and {until}", first.date()),
        ));
    }
    let start = |date: &NaiveDate| {
        time::instant(date.and_time(first.time()), zone).map_err(|why| Error::invalid("visit.start", why))
    };
    dates.iter().map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, crate::model::zone::TO_THE_MINUTE).unwrap()
    }

    #[test]
    fn a_week_repeats_at_the_same_time_on_the_wall() {
        let until = at("2026-03-30 00:00").date();
        let starts = repeated(
            at("2026-03-27 09:00"),
            &[Weekday::Fri, Weekday::Mon],
            until,
            "Europe/London".parse().unwrap(),
        )
        .unwrap();
        let texts: Vec<String> = starts.iter().map(DateTime::to_rfc3339).collect();
        assert_eq!(
            texts,
            ["2026-03-27T09:00:00+00:00", "2026-03-30T08:00:00+00:00"],
            "the clocks change in between"
        );
    }

    #[test]
    fn repetitions_that_cannot_be() {
        let code = |until: &str, days: &[Weekday]| {
            repeated(at("2026-11-30 09:00"), days, at(until).date(), Zone::utc()).unwrap_err().code()
        };
        assert_eq!(code("2026-11-29 00:00", &[Weekday::Mon]), "visit.until");
        assert_eq!(code("2026-12-01 00:00", &[Weekday::Sun]), "visit.weekly");
        assert_eq!(code("2100-01-01 00:00", &[Weekday::Mon]), "visit.until");
    }
}
