//! How packages, visits and assignments change, in the world and in the facts.

use chrono::{DurationRound as _, TimeDelta};
use proptest::sample::Index;
use serde_json::Value;

use super::Town;
use super::rules::{Answer, Instant, Offer, PROVIDERS, Package, VISITS, client_name, contact_name};
use super::steps::By;

impl Town<'_> {
    /// Whether the program did it; what it refuses, for whatever reason, changes nothing in the facts either.
    pub fn done(&self, line: &str) -> bool {
        let answer = self.world.run(line);
        assert!([0, 4].contains(&answer.status), "$ caredesk {line}\n{}", answer.stderr);
        answer.status == 0
    }

    pub fn package(&self, package: Index) -> Option<usize> {
        let live: Vec<usize> =
            (0..self.facts.packages.len()).filter(|one| !self.facts.packages[*one].is_recalled).collect();
        (!live.is_empty()).then(|| *package.get(&live))
    }

    /// A whole minute, so that it can be written down; none if it is not to come.
    pub fn minute(&self, hours: i64) -> (Instant, String) {
        let at = self.world.now() + TimeDelta::hours(hours);
        let at = at.duration_trunc(TimeDelta::minutes(1)).unwrap();
        (at, at.format("%Y-%m-%d %H:%M").to_string())
    }

    pub fn create(
        &mut self, client: usize, visits: &[usize], asked: &[usize], then: Option<(usize, i64)>,
        hours: Option<i64>,
    ) {
        let taken: Vec<usize> = self
            .facts
            .packages
            .iter()
            .filter(|package| !package.has_let_go())
            .flat_map(|package| package.visits.iter().map(|(visit, _, _)| *visit))
            .collect();
        let free = visits.iter().map(|visit| client * VISITS + visit);
        let free: Vec<usize> =
            free.filter(|visit| !taken.contains(visit) && !self.facts.visits[*visit].is_cancelled).collect();
        if free.is_empty() {
            return;
        }
        let names: Vec<&str> = free.iter().map(|visit| self.facts.visits[*visit].code.as_str()).collect();
        let asked_names: Vec<&str> = asked.iter().map(|provider| PROVIDERS[*provider]).collect();
        let mut line = format!(
            "outsource create {} --visit {} --provider {}",
            self.facts.care[client],
            names.join(" "),
            asked_names.join(" ")
        );
        let then = then.filter(|(provider, _)| !asked.contains(provider));
        let opens = then.map(|(provider, wait)| (provider, wait, self.minute(wait)));
        if let Some((provider, _, (_, at))) = &opens {
            line += &format!(" --then {} --at '{at}'", PROVIDERS[*provider]);
        }
        let lapses = hours.map(|hours| self.minute(hours + then.map_or(0, |(_, wait)| wait)));
        if let Some((_, at)) = &lapses {
            line += &format!(" --answer-by '{at}'");
        }
        let all_are_active =
            asked.iter().chain(then.iter().map(|(one, _)| one)).all(|one| self.facts.active[*one]);
        let is_to_come = free.iter().any(|visit| self.facts.visits[*visit].start > self.world.now());
        let answer = self.world.run(&format!("-q {line}"));
        let expected = if all_are_active && is_to_come { 0 } else { 4 };
        assert_eq!(answer.status, expected, "$ caredesk {line}\n{}", answer.stderr);
        if answer.status != 0 {
            return;
        }
        let lapses = lapses.map(|(at, _)| at);
        let at_once = asked.iter().map(|provider| (*provider, None));
        let in_time = opens.map(|(provider, _, (at, _))| (provider, Some(at)));
        let offers = at_once.chain(in_time).map(|(provider, opens)| offer(provider, opens, lapses)).collect();
        self.keep(answer.stdout.trim(), client, &free, offers);
    }

    pub fn keep(&mut self, code: &str, client: usize, visits: &[usize], offers: Vec<Offer>) {
        let as_offered = |visit: &usize| {
            let now = &self.facts.visits[*visit];
            (*visit, now.start, now.minutes)
        };
        let visits = visits.iter().map(as_offered).collect();
        let code = code.to_owned();
        self.facts.packages.push(Package { code, client, visits, offers, is_recalled: false });
    }

    pub fn add(&mut self, package: Index, provider: usize, hours: Option<i64>) {
        let Some(package) = self.package(package) else { return };
        let lapses = hours.map(|hours| self.minute(hours));
        let by = lapses.as_ref().map_or(String::new(), |(_, at)| format!(" --answer-by '{at}'"));
        let code = &self.facts.packages[package].code;
        // Without a time of its own it has that of the package.
        let shown = self.world.json(&format!("package show {code}"));
        if self.done(&format!("outsource add-provider {code} {}{by}", PROVIDERS[provider])) {
            let known = shown["offers"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["provider_name"] == PROVIDERS[provider]);
            let after = self.world.json(&format!("package show {code}"));
            let offers = offers_of(&after);
            let added = offers.into_iter().find(|one| one.provider == provider).unwrap();
            assert!(lapses.is_none_or(|(at, _)| known || added.lapses == Some(at)), "{after}");
            if !known {
                self.facts.packages[package].offers.push(added);
            }
        }
    }

    pub fn take_out(&mut self, package: Index, provider: usize) {
        let Some(package) = self.package(package) else { return };
        let line = format!(
            "outsource remove-provider {} {}",
            self.facts.packages[package].code, PROVIDERS[provider]
        );
        let answer = self.world.run(&line);
        if answer.status == 0 {
            let offers = self.facts.packages[package].offers.iter_mut();
            offers.filter(|offer| offer.provider == provider).for_each(|offer| offer.is_taken_out = true);
        }
    }

    pub fn respond(&mut self, offer: Index, accept: bool, any: bool) {
        let now = self.world.now();
        let live = self.facts.packages.iter().enumerate().filter(|(_, package)| !package.is_recalled);
        let offers =
            live.flat_map(|(number, package)| package.offers.iter().map(move |offer| (number, offer)));
        let offers = offers.filter(|(_, offer)| any || offer.status(now) == Some("pending"));
        let offers: Vec<(usize, usize)> = offers.map(|(number, offer)| (number, offer.provider)).collect();
        if !offers.is_empty() {
            let (package, provider) = *offer.get(&offers);
            if accept { self.accept(package, provider) } else { self.reject(package, provider) }
        }
    }

    /// Rules 1.5, 1.13, 1.15 and 2.12.
    fn accept(&mut self, package: usize, provider: usize) {
        let now = self.world.now();
        let (one, visits) = (&self.facts.packages[package], &self.facts.visits);
        let of_package = one.visits.iter().map(|(visit, _, _)| &visits[*visit]);
        let is_to_come = of_package.clone().any(|visit| !visit.is_cancelled && visit.start > now);
        let mut own = one.offers.iter().filter(|offer| offer.provider == provider && !offer.is_taken_out);
        let is_asked = own.clone().any(|offer| offer.status(now) == Some("pending"));
        let has_it = own.any(|offer| offer.answer == Answer::Accepted);
        let can = is_to_come && self.facts.active[provider] && is_asked;
        let line = format!("package respond {} --provider {} --accept", one.code, PROVIDERS[provider]);
        let answer = self.world.run(&line);
        assert_eq!(answer.status == 0, can || has_it, "{now}: $ caredesk {line}\n{}", answer.stderr);
        if !can {
            return;
        }
        for offer in &mut self.facts.packages[package].offers {
            let is_over = offer.is_taken_out || offer.lapses.is_some_and(|lapses| lapses <= now);
            match offer.answer {
                Answer::Open if offer.provider == provider => offer.answer = Answer::Accepted,
                Answer::Open if !is_over => offer.answer = Answer::Closed,
                _ => {}
            }
        }
    }

    fn reject(&mut self, package: usize, provider: usize) {
        let now = self.world.now();
        let one = &mut self.facts.packages[package];
        let line = format!("package respond {} --provider {} --reject", one.code, PROVIDERS[provider]);
        let is_done = self.world.run(&line).status == 0;
        let mut own = one.offers.iter_mut().filter(|offer| offer.provider == provider);
        if let Some(offer) = own.find(|offer| offer.status(now) == Some("pending")) {
            assert!(is_done || !self.facts.active[provider], "$ caredesk {line}");
            offer.answer = if is_done { Answer::Rejected } else { Answer::Open };
        }
    }

    pub fn hand_back(&mut self, package: Index) {
        let held = |package: &usize| self.facts.packages[*package].holder().is_some();
        let held: Vec<usize> = (0..self.facts.packages.len()).filter(held).collect();
        if held.is_empty() {
            return;
        }
        let one = &mut self.facts.packages[*package.get(&held)];
        let holder = one.holder().unwrap();
        let line =
            format!("package hand-back {} --provider {} --reason ill --yes", one.code, PROVIDERS[holder]);
        let is_done = self.world.run(&line).status == 0;
        assert!(is_done || !self.facts.active[holder], "$ caredesk {line}");
        let accepted = one.offers.iter_mut().filter(|offer| is_done && offer.answer == Answer::Accepted);
        accepted.for_each(|offer| offer.answer = Answer::HandedBack);
    }

    /// Rule 1.7: recalled, and created again.
    pub fn resend(&mut self, package: Index, to: Option<usize>) {
        let Some(package) = self.package(package) else { return };
        let code = &self.facts.packages[package].code;
        let to = to.map_or(String::new(), |to| format!(" --provider {}", PROVIDERS[to]));
        let answer = self.world.run_json(&format!("outsource resend {code}{to} --yes"));
        if answer.status != 0 {
            return;
        }
        let made: Value = serde_json::from_str(&answer.stdout).unwrap();
        let offers = offers_of(&made);
        let named =
            |visit: &Value| self.facts.visits.iter().position(|one| visit["code"] == one.code).unwrap();
        let visits: Vec<usize> = made["visits"].as_array().unwrap().iter().map(named).collect();
        self.facts.packages[package].is_recalled = true;
        let client = self.facts.packages[package].client;
        self.keep(made["code"].as_str().unwrap(), client, &visits, offers);
    }

    pub fn shift(&mut self, visit: usize, hours: i64) {
        let one = &self.facts.visits[visit];
        let start = one.start + TimeDelta::hours(hours);
        let minutes = one.minutes + 5;
        let line = format!(
            "visit edit {} --start '{}' --duration {minutes}",
            one.code,
            start.format("%Y-%m-%d %H:%M")
        );
        if self.done(&line) {
            (self.facts.visits[visit].start, self.facts.visits[visit].minutes) = (start, minutes);
        }
    }

    pub fn permit(&mut self, account: usize, details: bool, may: bool) {
        let one = &mut self.facts.accounts[account];
        if !details && one.resources.iter().all(|resource| resource % 2 == 1) {
            return;
        }
        let permission = if details { "access-contact-details" } else { "answer-sharing" };
        let verb = if may { "permit" } else { "forbid" };
        self.world.ok(&format!("account {verb} {} {permission}", one.login));
        *(if details { &mut one.sees_details } else { &mut one.answers_sharing }) = may;
    }

    /// Only who is anonymous is said to be a client that there is.
    pub fn identify(&mut self, contact: usize, by: By) {
        let known = &self.facts.contacts[contact];
        let is_anonymous = known.person.is_empty();
        let name = format!("--given Given{contact} --family Family{contact}");
        match by {
            By::Name => {
                self.world.ok(&format!("contact edit N-{contact} {name}"));
                self.facts.contacts[contact].name = contact_name(contact);
            }
            By::Person if is_anonymous => {
                let shown = self.world.json(&format!("contact show N-{contact}"));
                self.world.ok(&format!("client edit {} {name}", shown["client"].as_str().unwrap()));
            }
            By::Person => {}
            By::Client(client) => {
                let line = format!("contact edit N-{contact} --client {} --yes", self.facts.clients[client]);
                let is_own = known.person == client_name(client);
                assert_eq!(self.done(&line), is_anonymous || is_own, "{line}");
            }
        }
        if is_anonymous {
            self.facts.contacts[contact].person = match by {
                By::Client(client) => client_name(client),
                _ => contact_name(contact),
            };
        }
    }

    pub fn assign(&mut self, referral: usize, resource: Option<usize>) {
        let code = &self.facts.referrals[referral].code;
        let line = match resource {
            Some(resource) => format!("referral assign {code} {}", self.facts.resources[resource]),
            None => format!("referral unassign {code}"),
        };
        if self.done(&line) {
            self.facts.referrals[referral].resource = resource;
        }
    }
}

fn offer(provider: usize, opens: Option<Instant>, lapses: Option<Instant>) -> Offer {
    Offer { provider, opens, lapses, answer: Answer::Open, is_taken_out: false }
}

/// As the hub sees them, each without an answer.
fn offers_of(package: &Value) -> Vec<Offer> {
    let instant = |value: &Value| value.as_str().map(|text| text.parse::<Instant>().unwrap());
    let one = |row: &Value| {
        let provider = PROVIDERS.iter().position(|name| row["provider_name"] == *name).unwrap();
        offer(provider, instant(&row["opens_at"]), instant(&row["lapses_at"]))
    };
    package["offers"].as_array().unwrap().iter().map(one).collect()
}
