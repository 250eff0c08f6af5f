//! The hub at a glance: its figures of a period, and month by month.

use schemars::JsonSchema;

use super::mask::Sum;
use super::table::{Line, Names, Tallies, minutes};
use super::{Count, Key, Lines, OffersLine, PackagesLine, Period, SharingLine};
use crate::model::prelude::*;

names! {
    pub(crate) enum Figure {
        Referrals = "referrals",
        /// Referrals that have left their first status.
        ReferralsMoved = "referrals_moved",
        TimeToFirstChange = "median_minutes_to_change",
        Packages = "packages",
        PackagesWon = "packages_won",
        TimeToAcceptance = "median_minutes_to_acceptance",
        Offers = "offers",
        OffersAnswered = "offers_answered",
        TimeToAnswer = "median_minutes_to_answer",
        OffersLapsed = "offers_lapsed",
        OffersHandedBack = "offers_handed_back",
        SharingRequests = "sharing_requests",
        SharingGranted = "sharing_granted",
        TimeToSharingAnswer = "median_minutes_to_sharing_answer",
    }
}

impl Figure {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Figure::Referrals => "referrals",
            Figure::ReferralsMoved => "left their first status",
            Figure::TimeToFirstChange => "median time until then",
            Figure::Packages => "packages",
            Figure::PackagesWon => "accepted",
            Figure::TimeToAcceptance => "median time to acceptance",
            Figure::Offers => "offers",
            Figure::OffersAnswered => "answered",
            Figure::OffersLapsed => "lapsed",
            Figure::OffersHandedBack => "handed back",
            Figure::SharingRequests => "sharing requests",
            Figure::SharingGranted => "granted",
            Figure::TimeToAnswer | Figure::TimeToSharingAnswer => "median time to answer",
        }
    }

    pub(crate) fn is_time(self) -> bool {
        self.name().starts_with("median")
    }

    /// Under which heading it stands.
    pub(crate) fn subject(self) -> &'static str {
        match self {
            Figure::Referrals | Figure::ReferralsMoved | Figure::TimeToFirstChange => "Referrals",
            Figure::Packages | Figure::PackagesWon | Figure::TimeToAcceptance => "Packages",
            Figure::Offers
            | Figure::OffersAnswered
            | Figure::TimeToAnswer
            | Figure::OffersLapsed
            | Figure::OffersHandedBack => "Offers",
            Figure::SharingRequests | Figure::SharingGranted | Figure::TimeToSharingAnswer => "Sharing",
        }
    }
}

/// A figure of one month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct MonthValue {
    /// Such as `2026-10`.
    pub(crate) month: String,
    pub(crate) value: Option<Count>,
}

view! {
    /// A figure of the hub.
    pub(crate) struct HubLine("report", |view| view.figure.name()) {
        figure: Figure => Status,
        /// Of the whole period; null for a median of nothing, or of a number that is masked.
        value: Option<Count> => Number,
        months: Vec<MonthValue> => Many(hidden),
    }
}

/// Referrals that came in one month.
pub(crate) struct Arrivals {
    month: String,
    referrals: Count,
    moved: Count,
    median: Option<i64>,
}

const REFERRALS: usize = 0;
const MOVED: usize = 1;

const SUMS: [Sum; 1] = [Sum { whole: REFERRALS, parts: &[MOVED], has_rest: true }];

impl Tallies<2> {
    pub(crate) fn arrival(
        &mut self, created_at: DateTime<Utc>, changed_at: Option<DateTime<Utc>>, period: &Period,
    ) {
        let took = changed_at.map(|at| minutes(created_at, at));
        let places: &[usize] = if took.is_some() { &[REFERRALS, MOVED] } else { &[REFERRALS] };
        self.add(Key::Month(period.month_of(created_at)), places, took);
    }
}

pub(crate) fn arrivals(tallies: Tallies<2>, period: &Period, least: Option<i64>) -> Lines<Arrivals> {
    tallies.lines(period, Names::new(), &SUMS, least, |line: Line<2>| {
        let [referrals, moved] = line.counts;
        Arrivals { month: line.name, referrals, moved, median: moved.guards(line.median) }
    })
}

/// What happened, by month.
pub(crate) struct Activity {
    pub(crate) referrals: Lines<Arrivals>,
    pub(crate) packages: Lines<PackagesLine>,
    pub(crate) offers: Lines<OffersLine>,
    pub(crate) sharing: Lines<SharingLine>,
}

pub(crate) fn hub_lines(activity: &Activity) -> Vec<HubLine> {
    let count = |count: Count| Some(count);
    let time = |minutes: Option<i64>| minutes.map(Count::Exact);
    let Activity { referrals, packages, offers, sharing } = activity;
    let month = |line: &Arrivals| line.month.clone();
    let of_referrals = [
        line(Figure::Referrals, referrals, month, |line| count(line.referrals)),
        line(Figure::ReferralsMoved, referrals, month, |line| count(line.moved)),
        line(Figure::TimeToFirstChange, referrals, month, |line| time(line.median)),
    ];
    let month = |line: &PackagesLine| line.group.clone();
    let of_packages = [
        line(Figure::Packages, packages, month, |line| count(line.packages)),
        line(Figure::PackagesWon, packages, month, |line| count(line.won)),
        line(Figure::TimeToAcceptance, packages, month, |line| time(line.median_minutes_to_acceptance)),
    ];
    let month = |line: &OffersLine| line.group.clone();
    let of_offers = [
        line(Figure::Offers, offers, month, |line| count(line.offered)),
        line(Figure::OffersAnswered, offers, month, |line| count(line.answered)),
        line(Figure::TimeToAnswer, offers, month, |line| time(line.median_minutes_to_answer)),
        line(Figure::OffersLapsed, offers, month, |line| count(line.lapsed)),
        line(Figure::OffersHandedBack, offers, month, |line| count(line.handed_back)),
    ];
    let month = |line: &SharingLine| line.group.clone();
    let of_sharing = [
        line(Figure::SharingRequests, sharing, month, |line| count(line.requests)),
        line(Figure::SharingGranted, sharing, month, |line| count(line.granted)),
        line(Figure::TimeToSharingAnswer, sharing, month, |line| time(line.median_minutes_to_answer)),
    ];
    of_referrals.into_iter().chain(of_packages).chain(of_offers).chain(of_sharing).collect()
}

fn line<T>(
    figure: Figure, lines: &Lines<T>, month: impl Fn(&T) -> String, value: impl Fn(&T) -> Option<Count>,
) -> HubLine {
    let months = lines.lines.iter().map(|line| MonthValue { month: month(line), value: value(line) });
    HubLine { figure, value: lines.total.as_ref().and_then(&value), months: months.collect() }
}
