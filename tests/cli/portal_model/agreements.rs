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

    pub fn release(&mut self, client: usize, to: Option<&[usize]>, days: u64) {
        let last = later(self.world.now().date_naive(), days);
        let named = |named: &[usize]| {
            named.iter().flat_map(|one| [" --recipient ", PROVIDERS[*one]]).collect::<String>()
        };
        let whom = to.map_or(" --all-providers".to_owned(), named);
        let line = format!(
            "release add {} --owner acme --type clinical --document paper.pdf --signed today --expires {last}{whom}",
            self.facts.clients[client]
        );
        let answer = self.world.run(&format!("-q {line}"));
        if answer.status == 0 {
            let (code, recipients) = (answer.stdout.trim().to_owned(), to.map(<[usize]>::to_vec));
            self.facts.releases.push(Release { code, client, recipients, last, is_revoked: false });
        }
    }

    /// Rule 3.15: one that is for all, or would be left for none, stays as it is.
    pub fn take_out_recipient(&mut self, release: Index, provider: usize) {
        if self.facts.releases.is_empty() {
            return;
        }
        let today = self.world.now().date_naive();
        let release = release.index(self.facts.releases.len());
        let release = &mut self.facts.releases[release];
        let is_active = release.is_active(today);
        let named =
            release.recipients.as_mut().filter(|named| is_active && named.iter().any(|one| *one != provider));
        let line = format!("release remove-recipient {} {} --yes", release.code, PROVIDERS[provider]);
        let answer = self.world.run(&line);
        assert_eq!(
            answer.status,
            if named.is_some() { 0 } else { 4 },
            "$ caredesk {line}\n{}",
            answer.stderr
        );
        if let Some(named) = named {
            named.retain(|one| *one != provider);
        }
    }

    /// Rule 3.15: what is granted and released ends, and what is asked is denied.
    pub fn withdraw(&mut self, client: usize, recipient: Option<usize>, kind: Option<&str>) {
        let today = self.world.now().date_naive();
        let to = recipient.map_or(String::new(), |one| format!(" --recipient {}", PROVIDERS[one]));
        let of = kind.map_or(String::new(), |kind| format!(" --type {kind}"));
        self.world
            .ok(&format!("sharing withdraw {} --reason moved --yes{to}{of}", self.facts.clients[client]));
        for request in self.facts.requests.iter_mut().filter(|one| one.client == client) {
            let (_, to, of, _) = LINKS[request.link];
            let is_meant = recipient.is_none_or(|one| one == to) && kind.is_none_or(|kind| kind == of);
            match request.status(today) {
                "granted" if is_meant => request.label = Label::Revoked,
                "pending" if is_meant => (request.label, request.has_arrived) = (Label::Denied, true),
                _ => {}
            }
        }
        let is_meant = kind.is_none_or(|kind| kind == "clinical");
        let releases = self.facts.releases.iter_mut().filter(|one| is_meant && one.client == client);
        for release in releases.filter(|one| one.is_active(today)) {
            match (recipient, &mut release.recipients) {
                (Some(one), Some(named)) if *named != [one] => named.retain(|named| *named != one),
                _ => release.is_revoked = true,
            }
        }
    }

    /// Rule 3.16.
    pub fn never_share(&mut self, record: usize, never: bool) {
        let record = &mut self.facts.records[record];
        let switch = if never { "on" } else { "off" };
        self.world.ok(&format!("record edit {} --never-shared {switch} --yes", record.code));
        record.is_never_shared = never;
    }
}
