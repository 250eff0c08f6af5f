//! How enrolments, requests and releases change, in the world and in the facts.

use proptest::sample::Index;

use super::Town;
use super::rules::{LINKS, Label, PROVIDERS, REQUEST_DAYS, Release, Request, later};

impl Town<'_> {
    /// Rule 3.11: what is pending arrives when the client is active at the owner.
    pub fn enroll(&mut self, client: usize, provider: usize, active: bool) {
        let status = if active { "active" } else { "inactive" };
        self.world.ok(&format!(
            "client enroll {} {} --status {status}",
            self.facts.clients[client], PROVIDERS[provider]
        ));
        self.facts.enrolled[client][provider] = active;
        let today = self.world.now().date_naive();
        for request in self.facts.requests.iter_mut().filter(|request| request.client == client) {
            let is_waiting = request.status(today) == "pending" && LINKS[request.link].0 == provider;
            request.has_arrived |= active && is_waiting;
        }
    }

    /// By the account of the recipient, so that nothing is learned by it.
    pub fn request(&mut self, client: usize, link: usize) {
        let (owner, recipient, kind, _) = LINKS[link];
        let login = ["bea", "cy"][recipient - 1];
        let sender = self.facts.accounts.iter().find(|account| account.login == login).unwrap();
        if !sender.is_enabled || !sender.answers_sharing {
            return;
        }
        self.world.as_user(login);
        let today = self.world.now().date_naive();
        let line = format!(
            "-q sharing request {} --owner {} --type {kind}",
            self.facts.clients[client], PROVIDERS[owner]
        );
        let answer = self.world.run(&line);
        self.world.as_user("admin");
        if answer.status == 0 {
            self.facts.requests.push(Request {
                code: answer.stdout.trim().to_owned(),
                client,
                link,
                label: Label::Pending,
                last: later(today, REQUEST_DAYS),
                has_arrived: self.facts.enrolled[client][owner],
            });
        }
    }

    pub fn answer(&mut self, request: Index, verb: &str, days: u64) {
        if self.facts.requests.is_empty() {
            return;
        }
        let request = request.index(self.facts.requests.len());
        let request = &mut self.facts.requests[request];
        let today = self.world.now().date_naive();
        let last = later(today, days);
        let dates = if verb == "grant" { format!(" --expires {last}") } else { String::new() };
        let before = request.status(today);
        if self.world.run(&format!("sharing {verb} {}{dates}", request.code)).status != 0 {
            return;
        }
        let label = match verb {
            "grant" => Label::Granted,
            "deny" => Label::Denied,
            "revoke" => Label::Revoked,
            _ => Label::Cancelled,
        };
        if label != request.label || label == Label::Granted {
            assert!(["pending", "granted", "denied"].contains(&before), "{verb} of a {before} one");
            (request.label, request.last) = (label, last);
            request.has_arrived |= label != Label::Cancelled;
        }
    }

    pub fn release(&mut self, client: usize, all: bool, days: u64) {
        let last = later(self.world.now().date_naive(), days);
        let to = if all { "--all-providers" } else { "--recipient cedar" };
        let line = format!(
            "release add {} --owner acme --type clinical --document paper.pdf --signed today --expires {last} {to}",
            self.facts.clients[client]
        );
        let answer = self.world.run(&format!("-q {line}"));
        if answer.status == 0 {
            let code = answer.stdout.trim().to_owned();
            self.facts.releases.push(Release {
                code,
                client,
                counts_for_birch: all,
                last,
                is_revoked: false,
            });
        }
    }
}
