//! What people do, at random: each step is done in the world, and in the facts where the program did it.

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::Town;
use super::rules::{
    Answer, CLIENTS, CONTACTS, Instant, LINKS, PROVIDERS, QUEUES, RECORDS, REFERRALS, RESOURCES, VISITS,
    later,
};
use crate::world::World;

/// How it is said who an anonymous person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The contact is given the name.
    Name,
    /// The client is.
    Person,
    /// It is a client that there is.
    Client(usize),
}

#[derive(Clone, Debug)]
pub enum Step {
    Create {
        client: usize,
        visits: Vec<usize>,
        asked: Vec<usize>,
        then: Option<(usize, i64)>,
        hours: Option<i64>,
    },
    Add {
        package: Index,
        provider: usize,
        hours: Option<i64>,
    },
    TakeOut {
        package: Index,
        provider: usize,
    },
    /// Of an offer that waits for an answer, or of any.
    Respond {
        offer: Index,
        accept: bool,
        any: bool,
    },
    HandBack {
        package: Index,
    },
    Recall {
        package: Index,
    },
    Resend {
        package: Index,
        to: Option<usize>,
    },
    Cancel {
        visit: usize,
    },
    Move {
        visit: usize,
        hours: i64,
    },
    Activate {
        provider: usize,
        active: bool,
    },
    Enable {
        account: usize,
        enabled: bool,
    },
    Permit {
        account: usize,
        details: bool,
        may: bool,
    },
    ContactDays {
        days: u64,
    },
    Assign {
        referral: usize,
        resource: Option<usize>,
    },
    Close {
        referral: usize,
        open: bool,
    },
    Queue {
        queue: usize,
        active: bool,
    },
    LinkQueue {
        queue: usize,
        resource: usize,
        linked: bool,
    },
    Enroll {
        client: usize,
        provider: usize,
        active: bool,
    },
    Link {
        link: usize,
        linked: bool,
    },
    Request {
        client: usize,
        link: usize,
    },
    Answer {
        request: Index,
        verb: &'static str,
        days: u64,
    },
    Release {
        client: usize,
        /// None: all.
        to: Option<Vec<usize>>,
        days: u64,
    },
    TakeOutRecipient {
        release: Index,
        provider: usize,
    },
    Withdraw {
        client: usize,
        recipient: Option<usize>,
        kind: Option<&'static str>,
    },
    NeverShare {
        record: usize,
        never: bool,
    },
    Revoke {
        release: Index,
    },
    /// Of an anonymous contact it is said who it is.
    Identify {
        contact: usize,
        by: By,
    },
    Later {
        hours: i64,
    },
    /// To the instant at which something ends or begins by the clock, or to the second before.
    Edge {
        edge: Index,
        before: bool,
    },
}

/// It begins with what there is to answer, and with answers.
pub fn history() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        5 => of_packages(),
        5 => of_answers(),
        2 => of_visits(),
        3 => of_the_hub(),
        4 => of_sharing(),
        4 => of_time(),
    ];
    (vec(create(), 4), vec(of_answers(), 3), vec(step, 33))
        .prop_map(|(first, answers, rest)| [first, answers, rest].concat())
}

fn create() -> impl Strategy<Value = Step> {
    let visits = subsequence((0..VISITS).collect::<Vec<_>>(), 1..=VISITS);
    let then = prop::option::weighted(0.4, (0..PROVIDERS.len(), 1..60_i64));
    let create = (0..CLIENTS, visits, subsequence(vec![0, 1, 2], 1..=2), then, hours());
    create.prop_map(|(client, visits, asked, then, hours)| Step::Create {
        client,
        visits,
        asked,
        then,
        hours,
    })
}

/// How long there is to answer.
fn hours() -> impl Strategy<Value = Option<i64>> {
    prop::option::weighted(0.5, 2..100_i64)
}

fn of_packages() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => create(),
        1 => (any::<Index>(), 0..3_usize, hours())
            .prop_map(|(package, provider, hours)| Step::Add { package, provider, hours }),
        1 => (any::<Index>(), 0..3_usize).prop_map(|(package, provider)| Step::TakeOut { package, provider }),
        1 => any::<Index>().prop_map(|package| Step::Recall { package }),
        1 => (any::<Index>(), prop::option::of(0..3_usize))
            .prop_map(|(package, to)| Step::Resend { package, to }),
    ]
}

fn of_answers() -> impl Strategy<Value = Step> {
    let any_offer = prop::bool::weighted(0.2);
    let respond = (any::<Index>(), prop::bool::weighted(0.7), any_offer);
    prop_oneof![
        6 => respond.prop_map(|(offer, accept, any)| Step::Respond { offer, accept, any }),
        1 => any::<Index>().prop_map(|package| Step::HandBack { package }),
    ]
}

fn of_visits() -> impl Strategy<Value = Step> {
    let visit = || 0..CLIENTS * VISITS;
    prop_oneof![
        visit().prop_map(|visit| Step::Cancel { visit }),
        (visit(), 1..400_i64).prop_map(|(visit, hours)| Step::Move { visit, hours }),
    ]
}

fn of_the_hub() -> impl Strategy<Value = Step> {
    let often = || prop::bool::weighted(0.6);
    let resource = || 0..RESOURCES.len();
    prop_oneof![
        6 => (0..PROVIDERS.len(), any::<bool>())
            .prop_map(|(provider, active)| Step::Activate { provider, active }),
        1 => (0..6_usize, often()).prop_map(|(account, enabled)| Step::Enable { account, enabled }),
        1 => (0..15_u64).prop_map(|days| Step::ContactDays { days }),
        2 => (0..6_usize, any::<bool>(), often())
            .prop_map(|(account, details, may)| Step::Permit { account, details, may }),
        3 => (0..REFERRALS.len(), prop::option::weighted(0.9, resource()))
            .prop_map(|(referral, resource)| Step::Assign { referral, resource }),
        2 => (0..CONTACTS, by()).prop_map(|(contact, by)| Step::Identify { contact, by }),
        1 => (0..REFERRALS.len(), any::<bool>()).prop_map(|(referral, open)| Step::Close { referral, open }),
        1 => (0..QUEUES.len(), often()).prop_map(|(queue, active)| Step::Queue { queue, active }),
        1 => (0..QUEUES.len(), resource(), often())
            .prop_map(|(queue, resource, linked)| Step::LinkQueue { queue, resource, linked }),
    ]
}

fn by() -> impl Strategy<Value = By> {
    prop_oneof![Just(By::Name), Just(By::Person), (0..CLIENTS).prop_map(By::Client)]
}

fn of_sharing() -> impl Strategy<Value = Step> {
    let days = || 0..20_u64;
    let verbs = select(vec!["grant", "grant", "grant", "deny", "revoke", "cancel"]);
    prop_oneof![
        3 => (0..CLIENTS, 0..PROVIDERS.len(), prop::bool::weighted(0.7))
            .prop_map(|(client, provider, active)| Step::Enroll { client, provider, active }),
        1 => (0..LINKS.len(), prop::bool::weighted(0.7)).prop_map(|(link, linked)| Step::Link { link, linked }),
        4 => (0..CLIENTS, 0..2_usize).prop_map(|(client, link)| Step::Request { client, link }),
        4 => (any::<Index>(), verbs, days()).prop_map(|(request, verb, days)| Step::Answer { request, verb, days }),
        3 => (0..CLIENTS, select(vec![None, Some(vec![2]), Some(vec![1, 2])]), days())
            .prop_map(|(client, to, days)| Step::Release { client, to, days }),
        2 => (any::<Index>(), 1..3_usize).prop_map(|(release, provider)| Step::TakeOutRecipient { release, provider }),
        1 => (0..CLIENTS, prop::option::of(1..3_usize), select(vec![None, Some("services"), Some("clinical")]))
            .prop_map(|(client, recipient, kind)| Step::Withdraw { client, recipient, kind }),
        2 => (0..RECORDS.len(), any::<bool>()).prop_map(|(record, never)| Step::NeverShare { record, never }),
        1 => any::<Index>().prop_map(|release| Step::Revoke { release }),
    ]
}

fn of_time() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => (1..40_i64).prop_map(|hours| Step::Later { hours }),
        3 => (any::<Index>(), any::<bool>()).prop_map(|(edge, before)| Step::Edge { edge, before }),
    ]
}

impl Town<'_> {
    pub fn take(&mut self, step: &Step) {
        match step {
            Step::Create { client, visits, asked, then, hours } => {
                self.create(*client, visits, asked, *then, *hours);
            }
            Step::Add { package, provider, hours } => self.add(*package, *provider, *hours),
            Step::TakeOut { package, provider } => self.take_out(*package, *provider),
            Step::Respond { offer, accept, any } => self.respond(*offer, *accept, *any),
            Step::HandBack { package } => self.hand_back(*package),
            Step::Recall { package } => {
                if let Some(package) = self.package(*package)
                    && self.done(&format!("outsource delete {} --yes", self.facts.packages[package].code))
                {
                    self.facts.packages[package].is_recalled = true;
                }
            }
            Step::Resend { package, to } => self.resend(*package, *to),
            Step::Cancel { visit } => {
                let is_done = self.done(&format!("visit cancel {}", self.facts.visits[*visit].code));
                self.facts.visits[*visit].is_cancelled |= is_done;
            }
            Step::Move { visit, hours } => self.shift(*visit, *hours),
            Step::Later { hours } => self.wait_until(self.world.now() + TimeDelta::hours(*hours)),
            Step::Edge { edge, before } => {
                let edges = self.edges();
                if !edges.is_empty() {
                    self.wait_until(*edge.get(&edges) - TimeDelta::seconds(i64::from(*before)));
                }
            }
            _ => self.take_at_hub(step),
        }
    }

    fn take_at_hub(&mut self, step: &Step) {
        match step {
            Step::Activate { provider, active } => {
                let verb = if *active { "activate" } else { "deactivate" };
                self.world.ok(&format!("provider {verb} {} --yes", PROVIDERS[*provider]));
                self.facts.active[*provider] = *active;
            }
            Step::Enable { account, enabled } => {
                let verb = if *enabled { "enable" } else { "disable" };
                self.world.ok(&format!("account {verb} {} --yes", self.facts.accounts[*account].login));
                self.facts.accounts[*account].is_enabled = *enabled;
            }
            Step::ContactDays { days } => {
                self.world.ok(&format!("hub edit --contact-days {days}"));
                self.facts.contact_days = *days;
            }
            Step::Permit { account, details, may } => self.permit(*account, *details, *may),
            Step::Assign { referral, resource } => self.assign(*referral, *resource),
            Step::Identify { contact, by } => self.identify(*contact, *by),
            Step::Close { referral, open } => {
                let status = if *open { "Live" } else { "Done" };
                let code = &self.facts.referrals[*referral].code;
                if self.done(&format!("referral set-status {code} {status}")) {
                    self.facts.referrals[*referral].is_open = *open;
                }
            }
            Step::Queue { queue, active } => {
                let verb = if *active { "activate" } else { "deactivate" };
                self.world.ok(&format!("queue {verb} {} --yes", QUEUES[*queue]));
                self.facts.queues[*queue] = *active;
            }
            Step::LinkQueue { queue, resource, linked } => {
                let verb = if *linked { "add" } else { "remove" };
                let code = &self.facts.resources[*resource];
                if self.done(&format!("queue {verb}-resource {} {code} --yes", QUEUES[*queue])) {
                    self.facts.linked[*queue][*resource] = *linked;
                }
            }
            _ => self.take_in_sharing(step),
        }
    }

    fn take_in_sharing(&mut self, step: &Step) {
        match step {
            Step::Enroll { client, provider, active } => self.enroll(*client, *provider, *active),
            Step::Link { link, linked } => {
                let (owner, recipient, kind, _) = LINKS[*link];
                let verb = if *linked { "link" } else { "unlink" };
                let line = format!(
                    "sharing {verb} {} {} --type {kind} --yes",
                    PROVIDERS[owner], PROVIDERS[recipient]
                );
                if self.done(&line) {
                    self.facts.links[*link] = *linked;
                }
            }
            Step::Request { client, link } => self.request(*client, *link),
            Step::Answer { request, verb, days } => self.answer(*request, verb, *days),
            Step::Release { client, to, days } => self.release(*client, to.as_deref(), *days),
            Step::TakeOutRecipient { release, provider } => self.take_out_recipient(*release, *provider),
            Step::Withdraw { client, recipient, kind } => self.withdraw(*client, *recipient, *kind),
            Step::NeverShare { record, never } => self.never_share(*record, *never),
            Step::Revoke { release } if !self.facts.releases.is_empty() => {
                let release = release.index(self.facts.releases.len());
                self.world.ok(&format!("release revoke {} --yes", self.facts.releases[release].code));
                self.facts.releases[release].is_revoked = true;
            }
            Step::Revoke { .. } => {}
            other => unreachable!("{other:?}"),
        }
    }

    fn wait_until(&self, instant: Instant) {
        if instant > self.world.now() {
            at(self.world, instant);
        }
    }

    /// When something will end or begin by the clock.
    fn edges(&self) -> Vec<Instant> {
        let (facts, now) = (&self.facts, self.world.now());
        let live = facts.packages.iter().filter(|package| !package.is_recalled);
        let offers = live.clone().flat_map(|package| &package.offers);
        let by_clock = offers.filter(|offer| offer.answer == Answer::Open && !offer.is_taken_out);
        let by_clock = by_clock.flat_map(|offer| [offer.opens, offer.lapses]).flatten();
        let held = live.filter(|package| package.holder().is_some());
        let visits =
            held.flat_map(|package| package.visits.iter().map(|(visit, _, _)| &facts.visits[*visit]));
        let visits = visits.filter(|visit| !visit.is_cancelled);
        let last_days = visits.map(|visit| later(visit.start.date_naive(), facts.contact_days));
        let requests = facts.requests.iter();
        let requests = requests.filter(|one| ["pending", "granted"].contains(&one.status(now.date_naive())));
        let releases = facts.releases.iter().filter(|release| !release.is_revoked);
        let last_days =
            last_days.chain(requests.map(|request| request.last)).chain(releases.map(|release| release.last));
        let midnights = last_days.map(|day| later(day, 1).and_hms_opt(0, 0, 0).unwrap().and_utc());
        let mut edges: Vec<Instant> =
            by_clock.chain(midnights).filter(|edge| *edge > now + TimeDelta::seconds(1)).collect();
        edges.sort();
        edges.dedup();
        // What is near is met more often than what is far.
        edges.truncate(3);
        edges
    }
}

pub fn at(world: &World, instant: Instant) {
    world.at(&instant.to_rfc3339());
}
