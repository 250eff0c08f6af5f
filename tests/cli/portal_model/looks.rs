//! What the program shows each account, beside what the rules say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rules::{
    CLIENTS, CONTACTS, Facts, Instant, LINKS, PROVIDERS, Package, QUEUES, REFERRALS, Request,
};
use super::steps::at;
use super::{RESPONDING, Town};
use crate::world::Answer;

/// Each row as the values of some of its keys.
type Rows = BTreeSet<String>;

impl Town<'_> {
    /// Lists for two of the accounts, and everything for one of them; the clock stands still.
    pub fn look(&self, number: usize) {
        let now = self.world.now();
        let accounts = self.facts.accounts.len();
        for account in [number, number + 1 + number / accounts].map(|one| one % accounts) {
            let look = Look { town: self, facts: &self.facts, account, at: now };
            self.world.as_user(self.facts.accounts[account].login);
            if self.facts.accounts[account].is_enabled {
                look.lists(number);
                if account == number % accounts {
                    let formats = ["-o json", "-o table"];
                    look.things(formats[number / accounts % formats.len()]);
                }
            } else {
                look.nothing();
            }
        }
        self.world.as_user("admin");
        at(self.world, now + chrono::TimeDelta::seconds(1));
    }
}

/// One account at one instant.
struct Look<'t> {
    town: &'t Town<'t>,
    facts: &'t Facts,
    account: usize,
    at: Instant,
}

impl Look<'_> {
    fn run(&self, line: &str) -> Answer {
        at(self.town.world, self.at);
        self.town.world.run(line)
    }

    fn json(&self, line: &str) -> Value {
        at(self.town.world, self.at);
        self.town.world.json(line)
    }

    fn place(&self, line: &str) -> String {
        format!("{} at {}: $ caredesk {line}", self.facts.accounts[self.account].login, self.at)
    }

    /// Every row is expected, and every one expected is there, once.
    fn must_list(
        &self, line: &str, row: impl Fn(&Value) -> String, expected: impl IntoIterator<Item = String>,
    ) {
        let shown = self.json(line);
        self.must_hold(line, &shown, row, expected);
    }

    fn must_hold(
        &self, line: &str, shown: &Value, row: impl Fn(&Value) -> String,
        expected: impl IntoIterator<Item = String>,
    ) {
        let shown: Vec<String> = shown.as_array().unwrap().iter().map(row).collect();
        let expected: Rows = expected.into_iter().collect();
        assert_eq!(shown.iter().cloned().collect::<Rows>(), expected, "{}", self.place(line));
        assert_eq!(shown.len(), expected.len(), "{}: {shown:?}", self.place(line));
    }

    /// Of an account that is disabled.
    fn nothing(&self) {
        for line in ["package list", "visit list", "whoami"] {
            assert_eq!(self.run(line).status, 6, "{}", self.place(line));
        }
    }

    fn lists(&self, number: usize) {
        self.packages(number);
        self.visits();
        self.referrals();
        self.sharing();
        self.work();
    }

    fn packages(&self, number: usize) {
        let (facts, account) = (self.facts, self.account);
        let seen = |package: &Package| {
            let status = facts.package_status(account, package, self.at)?;
            Some(format!("{} {status} {}", package.code, facts.offers(account, package, self.at).count()))
        };
        let row =
            |row: &Value| format!("{} {} {}", text(row, "code"), text(row, "status"), length(&row["offers"]));
        self.must_list("package list", row, facts.packages.iter().filter_map(seen));
        let status = ["pending", "accepted", "rejected", "handed_back", "recalled"][number % 5];
        let of_it = facts.packages.iter();
        let of_it = of_it.filter(|one| facts.package_status(account, one, self.at) == Some(status));
        let line = format!("package list --status {status}");
        self.must_list(&line, |row| text(row, "code"), of_it.map(|package| package.code.clone()));
        let offers = facts.packages.iter().flat_map(|package| {
            let own = facts.offers(account, package, self.at);
            own.map(move |(offer, status)| {
                let of_package = facts.package_status(account, package, self.at).unwrap();
                format!("{} {} {status} {of_package}", package.code, PROVIDERS[offer.provider])
            })
        });
        let row = |row: &Value| {
            let words = ["package", "provider_name", "status", "package_status"];
            words.map(|key| text(row, key)).join(" ")
        };
        self.must_list("offer list", row, offers);
    }

    fn visits(&self) {
        let (facts, account) = (self.facts, self.account);
        let held = facts
            .packages
            .iter()
            .filter(|package| package.holder().is_some_and(|holder| facts.speaks_for(account, holder)));
        let visits: Vec<(&Package, usize)> = held
            .flat_map(|package| package.visits.iter().map(move |(visit, _, _)| (package, *visit)))
            .collect();
        let row = |row: &Value| {
            let named = [text(row, "client_name"), text(row, "address"), text(row, "postal_code")];
            format!(
                "{} {} {} {} {}",
                text(row, "code"),
                instant(row, "start"),
                row["duration_minutes"],
                text(row, "status"),
                named.join(" ")
            )
        };
        let shown = |(package, number): &(&Package, usize)| {
            let (visit, client) = (&facts.visits[*number], package.client);
            let status = if visit.is_cancelled { "cancelled" } else { "planned" };
            let named = if facts.visits_client(account, client, self.at) {
                format!("Cara{client} Client{client} Street {client} QX{client} 1AA")
            } else {
                "  ".to_owned()
            };
            format!("{} {} {} {status} {named}", visit.code, visit.start, visit.minutes)
        };
        self.must_list("visit list", row, visits.iter().map(shown));
        let week = self.at.date_naive().format("%G-W%V").to_string();
        let is_in_week = |(_, number): &&(&Package, usize)| {
            facts.visits[*number].start.date_naive().format("%G-W%V").to_string() == week
        };
        let line = format!("schedule show --week {week}");
        self.must_list(&line, row, visits.iter().filter(is_in_week).map(shown));
        self.calendar();
        let clients = (0..CLIENTS).filter(|client| facts.sees_client(account, *client, self.at));
        let born =
            |client| if facts.answers_for_client(account, client) { born(client) } else { String::new() };
        let expected =
            clients.map(|client| format!("{} Cara{client} {}", facts.clients[client], born(client)));
        let row = |row: &Value| ["code", "given", "birth_date"].map(|key| text(row, key)).join(" ");
        self.must_list("client list", row, expected);
    }

    /// Rule 1.12: what is to come, and as cancelled what is not any more.
    fn calendar(&self) {
        let line = "schedule export --file -";
        let answer = self.run(line);
        assert_eq!(answer.status, 0, "{}: {}", self.place(line), answer.stderr);
        let events = answer.stdout.split("BEGIN:VEVENT").skip(1);
        let shown: Vec<String> = events
            .map(|event| {
                let uid = event.split("UID:").nth(1).unwrap().split('@').next().unwrap();
                format!("{uid} {}", event.contains("STATUS:CONFIRMED"))
            })
            .collect();
        let expected: Rows = (0..self.facts.visits.len())
            .filter_map(|visit| Some((visit, self.facts.calendar(self.account, visit)?)))
            .map(|(visit, is_to_come)| {
                format!("{} {is_to_come}", self.facts.visits[visit].code.to_lowercase())
            })
            .collect();
        assert_eq!(shown.iter().cloned().collect::<Rows>(), expected, "{}", self.place(line));
        assert_eq!(shown.len(), expected.len(), "{}: {}", self.place(line), answer.stdout);
        for client in 0..CLIENTS {
            assert!(!answer.stdout.contains(&format!("Cara{client}")), "{}", self.place(line));
        }
    }

    fn referrals(&self) {
        let (facts, account) = (self.facts, self.account);
        let seen = |referral: &usize| facts.sees_referral(account, *referral);
        let seen: Vec<usize> = (0..REFERRALS.len()).filter(seen).collect();
        let codes = seen.iter().map(|referral| facts.referrals[*referral].code.clone());
        let listed = self.json("referral list");
        self.must_hold("referral list", &listed, |row| text(row, "code"), codes);
        for row in listed.as_array().unwrap() {
            self.must_have_fields(row);
            let referral = facts.referrals.iter().position(|one| row["code"] == one.code).unwrap();
            let [name, person] = facts.names(referral);
            assert_eq!(row["contact_name"], name, "{}: {row}", self.place("referral list"));
            let of_person = row.get("client_name").map(|name| name.as_str().unwrap());
            assert!(of_person.is_none_or(|of| of == person), "{}: {row}", self.place("referral list"));
        }
        let contacts = (0..CONTACTS).filter(|contact| facts.sees_contact(account, *contact));
        self.must_list(
            "contact list",
            |row| text(row, "number"),
            contacts.map(|contact| format!("N-{contact}")),
        );
        let scope = (0..facts.resources.len()).filter(|one| facts.acts_for(account, *one));
        let scope = scope.map(|resource| facts.resources[resource].clone());
        self.must_list("resource list", |row| text(row, "code"), scope);
        let capacity = facts.capacity.iter().filter(|(resource, _)| facts.acts_for(account, *resource));
        self.must_list("capacity list", |row| text(row, "code"), capacity.map(|(_, code)| code.clone()));
        let counted = self.json("report referrals --all");
        let counted = counted.as_array().unwrap().iter().map(|line| line["referrals"].as_u64().unwrap());
        assert_eq!(counted.sum::<u64>(), seen.len() as u64, "{}", self.place("report referrals --all"));
        self.must_list("queue list", Value::to_string, []);
    }

    /// Rule 2.7: exactly eight beside the code, or those and more.
    fn must_have_fields(&self, referral: &Value) {
        let eight = [
            "code", "queue", "resource", "contact_number", "status", "note", "contact_name", "contact_date",
            "postal_code",
        ];
        let keys: BTreeSet<&str> = referral.as_object().unwrap().keys().map(String::as_str).collect();
        let eight = BTreeSet::from(eight);
        let has_details = self.facts.accounts[self.account].sees_details;
        assert!(eight.is_subset(&keys) && !keys.contains("history"), "{}: {keys:?}", self.place("referral"));
        assert!(has_details || keys == eight, "{}: {keys:?}", self.place("referral"));
    }

    fn sharing(&self) {
        let (facts, account, today) = (self.facts, self.account, self.at.date_naive());
        let requests = facts.requests.iter().filter(|request| facts.sees_request(account, request));
        let shown = |request: &Request| {
            let client = request.client;
            let named = if facts.knows_whose(account, request) {
                format!("Cara{client} Client{client} {}", born(client))
            } else {
                " ".to_owned()
            };
            format!("{} {} {named}", request.code, request.status(today))
        };
        let row =
            |row: &Value| ["code", "status", "client_name", "birth_date"].map(|key| text(row, key)).join(" ");
        self.must_list("sharing list", row, requests.map(shown));
        let own = facts.releases.iter().filter(|_| facts.speaks_for(account, 0));
        let own = own.map(|release| {
            let status = if release.is_revoked {
                "revoked"
            } else if release.last < today {
                "expired"
            } else {
                "active"
            };
            format!("{} {status}", release.code)
        });
        self.must_list("release list", |row| format!("{} {}", text(row, "code"), text(row, "status")), own);
        let links = (0..LINKS.len()).filter(|link| {
            let (owner, recipient, _, _) = LINKS[*link];
            facts.links[*link] && (facts.speaks_for(account, owner) || facts.speaks_for(account, recipient))
        });
        let links = links.map(|link| {
            let (owner, recipient, kind, _) = LINKS[link];
            format!("{} {} {kind}", PROVIDERS[owner], PROVIDERS[recipient])
        });
        let row = |row: &Value| ["owner_name", "recipient_name", "type"].map(|key| text(row, key)).join(" ");
        self.must_list("sharing links", row, links);
        for provider in (0..PROVIDERS.len()).filter(|provider| facts.speaks_for(account, *provider)) {
            for client in (0..CLIENTS).filter(|client| facts.may_name(account, *client, today)) {
                let line = format!("record list {} --viewer {}", facts.clients[client], PROVIDERS[provider]);
                let seen =
                    facts.records.iter().filter(|record| record.client == client).filter_map(|record| {
                        Some(format!("{} {}", record.code, facts.basis(provider, record, today)?))
                    });
                self.must_list(&line, |row| format!("{} {}", text(row, "code"), text(row, "basis")), seen);
            }
        }
    }

    /// Rule 2.13: what waits, as the lists have it.
    fn work(&self) {
        let (facts, account, today) = (self.facts, self.account, self.at.date_naive());
        let login = facts.accounts[account].login;
        let alone = self.json("");
        let answers = RESPONDING.contains(&login);
        let pending = facts
            .packages
            .iter()
            .filter(|one| answers && facts.package_status(account, one, self.at) == Some("pending"));
        self.must_wait(&alone, "offers", pending.map(|one| one.code.as_str()).collect());
        let waiting = facts.requests.iter().filter(|request| {
            let is_owner = request.has_arrived && facts.speaks_for(account, LINKS[request.link].0);
            facts.accounts[account].answers_sharing && is_owner && request.status(today) == "pending"
        });
        self.must_wait(&alone, "sharing-requests", waiting.map(|one| one.code.as_str()).collect());
        let open = (0..REFERRALS.len())
            .filter(|one| facts.sees_referral(account, *one) && facts.referrals[*one].is_open);
        let open = open.map(|one| facts.referrals[one].code.as_str());
        self.must_wait(&alone, "referrals", open.collect());
        let speaks = (0..PROVIDERS.len()).filter(|provider| facts.speaks_for(account, *provider));
        let whoami = self.json("whoami");
        self.must_hold(
            "whoami",
            &whoami["providers"],
            |row| text(row, "name"),
            speaks.map(|one| PROVIDERS[one].to_owned()),
        );
    }

    /// As many as there are, of which the first are named.
    fn must_wait(&self, alone: &Value, sort: &str, expected: BTreeSet<&str>) {
        let of_sort = || alone["work"].as_array().unwrap().iter().filter(|one| one["sort"] == sort);
        let number: u64 = of_sort().map(|one| one["number"].as_u64().unwrap()).sum();
        assert_eq!(number, expected.len() as u64, "{}: {alone}\n{expected:?}", self.place(""));
        let mut codes = of_sort().flat_map(|one| one["codes"].as_array().unwrap());
        assert!(codes.all(|code| expected.contains(code.as_str().unwrap())), "{}: {alone}", self.place(""));
    }

    /// Each thing is opened: what is to be seen shows what the rules say, all else answers as what does not exist.
    fn things(&self, format: &str) {
        let (facts, account, today) = (self.facts, self.account, self.at.date_naive());
        for verb in ["package show", "package history"] {
            let packages = facts
                .packages
                .iter()
                .map(|one| (one.code.as_str(), facts.package_status(account, one, self.at).is_some()));
            self.must_open(format, verb, packages, "PKG-ZZZZZZ");
        }
        for package in
            facts.packages.iter().filter(|one| facts.package_status(account, one, self.at).is_some())
        {
            self.package(package);
        }
        let referrals = facts.referrals.iter().enumerate();
        let referrals =
            referrals.map(|(number, one)| (one.code.as_str(), facts.sees_referral(account, number)));
        let care = facts.care.iter().map(|code| (code.as_str(), false));
        self.must_open(format, "referral show", referrals.chain(care.clone()), "REF-ZZZZZZ");
        for verb in ["visit list", "schedule show"] {
            self.must_open(format, verb, care.clone(), "REF-ZZZZZZ");
        }
        let resources = facts.resources.iter().enumerate();
        let resources = resources.map(|(number, code)| (code.as_str(), facts.acts_for(account, number)));
        self.must_open(format, "resource show", resources, "RES-ZZZZZZ");
        let numbers: Vec<String> = (0..CONTACTS).map(|contact| format!("N-{contact}")).collect();
        let contacts = numbers.iter().enumerate();
        let contacts =
            contacts.map(|(contact, number)| (number.as_str(), facts.sees_contact(account, contact)));
        self.must_open(format, "contact show", contacts, "N-9");
        let clients = facts.clients.iter().enumerate();
        let seen = clients
            .clone()
            .map(|(client, code)| (code.as_str(), facts.sees_client(account, client, self.at)));
        self.must_open(format, "client show", seen, "CLI-ZZZZZZ");
        let known = clients.map(|(client, code)| (code.as_str(), facts.may_name(account, client, today)));
        let known = known.filter(|(_, is_known)| !is_known);
        self.must_open(format, "record list", known, "CLI-ZZZZZZ");
        let requests = facts.requests.iter().map(|one| (one.code.as_str(), facts.sees_request(account, one)));
        self.must_open(format, "sharing show", requests, "SHR-ZZZZZZ");
        let releases = facts.releases.iter().map(|one| (one.code.as_str(), facts.speaks_for(account, 0)));
        self.must_open(format, "release show", releases, "ROI-ZZZZZZ");
        if !facts.accounts[account].sees_details {
            let none = self.run(&format!("{format} referral list --columns nothing"));
            let hidden = self.run(&format!("{format} referral list --columns client"));
            let as_none = hidden.stderr.replace("`client`", "`nothing`");
            assert_eq!(
                (hidden.status, as_none),
                (none.status, none.stderr),
                "{}",
                self.place("referral list")
            );
        }
        self.must_open(format, "queue show", QUEUES.map(|queue| (queue, false)), "Nowhere");
        for client in (0..CLIENTS).filter(|client| facts.sees_client(account, *client, self.at)) {
            self.client(client);
        }
    }

    fn must_open<'c>(
        &self, format: &str, verb: &str, codes: impl IntoIterator<Item = (&'c str, bool)>, absent: &str,
    ) {
        let nothing = self.run(&format!("{format} {verb} {absent}"));
        for (code, is_seen) in codes {
            let line = format!("{format} {verb} {code}");
            let answer = self.run(&line);
            if is_seen {
                assert_eq!(answer.status, 0, "{}\n{}", self.place(&line), answer.stderr);
            } else {
                let (hidden, none) =
                    (answer.stderr.replace(code, "IT"), nothing.stderr.replace(absent, "IT"));
                assert_eq!(
                    (answer.status, answer.stdout, hidden),
                    (nothing.status, String::new(), none),
                    "{}",
                    self.place(&line)
                );
                assert_ne!(nothing.status, 0, "{}", self.place(&line));
            }
        }
    }

    /// Rules 1.7, 1.11 and 1.12.
    fn package(&self, package: &Package) {
        let (facts, account) = (self.facts, self.account);
        let line = format!("package show {}", package.code);
        let shown = self.json(&line);
        let status = facts.package_status(account, package, self.at).unwrap();
        assert_eq!(shown["status"], status, "{}: {shown}", self.place(&line));
        let visits = package.visits.iter().map(|(visit, start, minutes)| {
            let live = &facts.visits[*visit];
            let (start, minutes) =
                if status == "accepted" { (live.start, live.minutes) } else { (*start, *minutes) };
            format!("{} {start} {minutes}", live.code)
        });
        let row = |row: &Value| {
            format!("{} {} {}", text(row, "code"), instant(row, "start"), row["duration_minutes"])
        };
        self.must_hold(&line, &shown["visits"], row, visits);
        let own = facts.offers(account, package, self.at);
        let own = own.map(|(offer, status)| format!("{} {status}", PROVIDERS[offer.provider]));
        let row = |row: &Value| format!("{} {}", text(row, "provider_name"), text(row, "status"));
        self.must_hold(&line, &shown["offers"], row, own);
        // What it has accepted says whose it is as long as any of its visits of that client does.
        let named = status == "accepted" && facts.visits_client(account, package.client, self.at);
        for key in ["client", "client_name", "address", "postal_code", "carer_note"] {
            assert_eq!(!shown[key].is_null(), named, "{key}, {}: {shown}", self.place(&line));
        }
        assert_eq!(length(&shown["phones"]) > 0, named, "{}: {shown}", self.place(&line));
        assert_eq!(shown["area"], format!("QX{}", package.client), "{}: {shown}", self.place(&line));
        let own: BTreeSet<&str> =
            facts.offers(account, package, self.at).map(|(one, _)| PROVIDERS[one.provider]).collect();
        let line = format!("package history {}", package.code);
        let history = self.json(&line);
        let about: BTreeSet<&str> =
            history.as_array().unwrap().iter().filter_map(|step| step["provider_name"].as_str()).collect();
        assert_eq!(about, own, "{}: {history}", self.place(&line));
    }

    /// Rules 1.12 and 3.12: each ground gives its own fields.
    fn client(&self, client: usize) {
        let (facts, account) = (self.facts, self.account);
        let line = format!("client show {}", facts.clients[client]);
        let shown = self.json(&line);
        let (visits, answers) =
            (facts.visits_client(account, client, self.at), facts.answers_for_client(account, client));
        for key in ["address", "postal_code", "carer_note"] {
            assert_eq!(!shown[key].is_null(), visits, "{key}, {}: {shown}", self.place(&line));
        }
        assert_eq!(length(&shown["phones"]) > 0, visits, "{}: {shown}", self.place(&line));
        assert_eq!(length(&shown["visits"]) > 0, visits, "{}: {shown}", self.place(&line));
        assert_eq!(!shown["birth_date"].is_null(), answers, "{}: {shown}", self.place(&line));
        let own = facts.records.iter().filter(|record| {
            answers && record.client == client && facts.speaks_for(account, record.provider)
        });
        let own = own.map(|record| format!("{} {}", PROVIDERS[record.provider], record.kind));
        let row = |row: &Value| format!("{} {}", text(row, "provider_name"), text(row, "type"));
        self.must_hold(&line, &shown["records"], row, own);
    }
}

fn born(client: usize) -> String {
    format!("1940-01-0{}", client + 1)
}

/// The text under a key, or nothing.
fn text(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().to_owned()
}

fn instant(row: &Value, key: &str) -> Instant {
    row[key].as_str().unwrap().parse().unwrap()
}

fn length(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}
