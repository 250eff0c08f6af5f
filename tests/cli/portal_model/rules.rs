//! The rules, plainly: what there is, and what of it each portal account sees at an instant. Written from the book, without a
//! look at the statements of the program.

use chrono::{DateTime, Days, NaiveDate, Utc};

pub type Instant = DateTime<Utc>;

pub const PROVIDERS: [&str; 3] = ["acme", "birch", "cedar"];
/// Of each provider in turn: its agency record, and a program.
pub const RESOURCES: [&str; 6] = ["acme", "acme kitchen", "birch", "birch kitchen", "cedar", "cedar kitchen"];
pub const QUEUES: [&str; 2] = ["Food", "Sleep"];
pub const CLIENTS: usize = 3;
/// Of each client.
pub const VISITS: usize = 4;
pub const CONTACTS: usize = 3;
/// The queue of each, and whose it is: a contact, or beyond those a client.
pub const REFERRALS: [(usize, usize); 5] = [(0, 0), (0, CONTACTS), (1, 1), (1, CONTACTS + 1), (0, 2)];
/// At first.
pub const CONTACT_DAYS: u64 = 10;
pub const REQUEST_DAYS: u64 = 12;
/// Owner, recipient, data type, and how it is shared.
pub const LINKS: [(usize, usize, &str, Basis); 4] = [
    (0, 1, "services", Basis::Request),
    (0, 2, "services", Basis::Request),
    (1, 0, "forms", Basis::Automatic),
    (0, 1, "clinical", Basis::Release),
];

/// Client, owner and data type of each record.
pub const RECORDS: [(usize, usize, &str); 6] = [
    (0, 0, "services"),
    (1, 0, "services"),
    (0, 0, "clinical"),
    (2, 0, "clinical"),
    (0, 1, "forms"),
    (1, 1, "forms"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    Automatic,
    Request,
    Release,
}

pub struct Account {
    pub login: &'static str,
    pub resources: &'static [usize],
    pub sees_details: bool,
    pub answers_sharing: bool,
    pub is_enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Open,
    Accepted,
    Rejected,
    HandedBack,
    Closed,
}

#[derive(Clone, Debug)]
pub struct Offer {
    pub provider: usize,
    pub opens: Option<Instant>,
    pub lapses: Option<Instant>,
    pub answer: Answer,
    pub is_taken_out: bool,
}

pub struct Package {
    pub code: String,
    pub client: usize,
    /// As offered: which, when, how long.
    pub visits: Vec<(usize, Instant, u32)>,
    pub offers: Vec<Offer>,
    pub is_recalled: bool,
}

pub struct Visit {
    pub code: String,
    pub start: Instant,
    pub minutes: u32,
    pub is_cancelled: bool,
}

pub struct Referral {
    pub code: String,
    pub resource: Option<usize>,
    pub is_open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Pending,
    Granted,
    Denied,
    Revoked,
    Cancelled,
}

/// What it was submitted with, and what its client is called; empty where that is not known.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    pub name: String,
    pub person: String,
}

pub struct Request {
    pub code: String,
    pub client: usize,
    pub link: usize,
    pub label: Label,
    /// The last day on which it can be answered, or counts.
    pub last: NaiveDate,
    pub has_arrived: bool,
}

pub struct Release {
    pub code: String,
    pub client: usize,
    /// None: all.
    pub recipients: Option<Vec<usize>>,
    pub last: NaiveDate,
    pub is_revoked: bool,
}

pub struct Record {
    pub code: String,
    pub client: usize,
    pub provider: usize,
    pub kind: &'static str,
    pub is_never_shared: bool,
}

/// Everything that decides.
pub struct Facts {
    pub accounts: Vec<Account>,
    /// How long after the last visit contact details are seen.
    pub contact_days: u64,
    pub active: [bool; 3],
    pub queues: [bool; 2],
    /// Which resources each queue is linked to.
    pub linked: [[bool; 6]; 2],
    pub resources: Vec<String>,
    pub capacity: Vec<(usize, String)>,
    pub referrals: Vec<Referral>,
    pub contacts: Vec<Contact>,
    pub clients: Vec<String>,
    /// The referrals of which care is planned, one for each client.
    pub care: Vec<String>,
    pub visits: Vec<Visit>,
    pub packages: Vec<Package>,
    /// Of each client at each provider.
    pub enrolled: [[bool; 3]; CLIENTS],
    pub links: [bool; LINKS.len()],
    pub records: Vec<Record>,
    pub requests: Vec<Request>,
    pub releases: Vec<Release>,
}

pub fn client_name(client: usize) -> String {
    format!("Cara{client} Client{client}")
}

pub fn contact_name(contact: usize) -> String {
    format!("Given{contact} Family{contact}")
}

impl Offer {
    /// Rules 1.11 and 1.13; none where it does not exist for its provider.
    pub fn status(&self, at: Instant) -> Option<&'static str> {
        match self.answer {
            _ if self.is_taken_out => None,
            Answer::Closed => None,
            Answer::Accepted => Some("accepted"),
            Answer::Rejected => Some("rejected"),
            Answer::HandedBack => Some("handed_back"),
            Answer::Open if self.lapses.is_some_and(|lapses| lapses <= at) => Some("lapsed"),
            Answer::Open if self.opens.is_some_and(|opens| at < opens) => None,
            Answer::Open => Some("pending"),
        }
    }
}

impl Package {
    pub fn holder(&self) -> Option<usize> {
        let mut offers = self.offers.iter().filter(|_| !self.is_recalled);
        offers.find(|offer| offer.answer == Answer::Accepted).map(|offer| offer.provider)
    }

    /// Rules 1.2 and 1.14.
    pub fn has_let_go(&self) -> bool {
        self.is_recalled || self.offers.iter().any(|offer| offer.answer == Answer::HandedBack)
    }
}

impl Facts {
    /// Rules 2.2 and 2.12: the providers of whose agency record it holds one, as long as they are active.
    pub fn speaks_for(&self, account: usize, provider: usize) -> bool {
        self.active[provider] && self.accounts[account].resources.contains(&(2 * provider))
    }

    /// Rules 2.2 and 2.12.
    pub fn acts_for(&self, account: usize, resource: usize) -> bool {
        let held = self.accounts[account].resources;
        let is_in_an_active_queue = (0..QUEUES.len()).any(|q| self.queues[q] && self.linked[q][resource]);
        let covers = held.contains(&(resource / 2 * 2)) && is_in_an_active_queue;
        self.active[resource / 2] && (held.contains(&resource) || covers)
    }

    /// Rules 2.5 and 2.6.
    pub fn sees_referral(&self, account: usize, referral: usize) -> bool {
        self.referrals[referral].resource.is_some_and(|resource| self.acts_for(account, resource))
    }

    /// Rules 2.7 and 2.14: the name as it was submitted, and that of the client.
    pub fn names(&self, referral: usize) -> [String; 2] {
        let whose = REFERRALS[referral].1;
        match self.contacts.get(whose) {
            Some(contact) => [contact.name.clone(), contact.person.clone()],
            None => [client_name(whose - CONTACTS), client_name(whose - CONTACTS)],
        }
    }

    /// Rule 2.7.
    pub fn sees_contact(&self, account: usize, contact: usize) -> bool {
        let mut of_it = (0..REFERRALS.len()).filter(|referral| REFERRALS[*referral].1 == contact);
        self.accounts[account].sees_details && of_it.any(|referral| self.sees_referral(account, referral))
    }

    /// Rule 1.11: its own offers, which is all that it sees of the package.
    pub fn offers<'a>(
        &'a self, account: usize, package: &'a Package, at: Instant,
    ) -> impl Iterator<Item = (&'a Offer, &'static str)> {
        let own = package.offers.iter().filter(move |offer| self.speaks_for(account, offer.provider));
        own.filter(|_| !package.is_recalled).filter_map(move |offer| Some((offer, offer.status(at)?)))
    }

    /// Rule 1.6, of the offers that it sees; none if it does not see the package.
    pub fn package_status(&self, account: usize, package: &Package, at: Instant) -> Option<&'static str> {
        let own: Vec<&str> = self.offers(account, package, at).map(|(_, status)| status).collect();
        let of_any = ["accepted", "pending", "handed_back"].into_iter().find(|status| own.contains(status));
        if own.is_empty() { None } else { of_any.or(Some("rejected")) }
    }

    /// Rule 1.12: whether this package shows whose its visits are.
    fn shows_contact(&self, account: usize, package: &Package, at: Instant) -> bool {
        let planned = package.visits.iter().map(|(visit, _, _)| &self.visits[*visit]);
        let last = planned.filter(|visit| !visit.is_cancelled).map(|visit| visit.start.date_naive()).max();
        let is_in_time = last.is_some_and(|last| at.date_naive() <= later(last, self.contact_days));
        let has_it = package.holder().is_some_and(|holder| self.speaks_for(account, holder));
        self.accounts[account].sees_details && has_it && is_in_time
    }

    /// Rule 1.12.
    pub fn visits_client(&self, account: usize, client: usize, at: Instant) -> bool {
        let mut of_client = self.packages.iter().filter(|package| package.client == client);
        of_client.any(|package| self.shows_contact(account, package, at))
    }

    /// Rule 3.12.
    pub fn answers_for_client(&self, account: usize, client: usize) -> bool {
        let is_there = |provider| self.speaks_for(account, provider) && self.enrolled[client][provider];
        self.accounts[account].answers_sharing && (0..PROVIDERS.len()).any(is_there)
    }

    pub fn sees_client(&self, account: usize, client: usize, at: Instant) -> bool {
        self.visits_client(account, client, at) || self.answers_for_client(account, client)
    }

    /// Rules 3.2, 3.4 to 3.7, 3.15 and 2.12: whether the link shows its recipient what the owner has of the client.
    pub fn shares(&self, link: usize, client: usize, today: NaiveDate) -> bool {
        let (owner, recipient, _, basis) = LINKS[link];
        let granted = || {
            self.requests.iter().any(|one| {
                (one.link, one.client) == (link, client) && one.label == Label::Granted && today <= one.last
            })
        };
        let released = || {
            let mut of_client = self.releases.iter().filter(|one| one.client == client);
            of_client.any(|one| one.is_active(today) && one.names(recipient))
        };
        let agreed = match basis {
            Basis::Automatic => true,
            Basis::Request => self.enrolled[client][owner] && self.enrolled[client][recipient] && granted(),
            Basis::Release => released(),
        };
        self.links[link] && self.active[recipient] && agreed
    }

    /// Rules 3.8 and 3.16: on what basis a provider sees a record.
    pub fn basis(&self, provider: usize, record: &Record, today: NaiveDate) -> Option<&'static str> {
        if record.provider == provider {
            return Some("own");
        }
        if record.is_never_shared {
            return None;
        }
        let is_it = |link: &usize| {
            let (owner, recipient, kind, _) = LINKS[*link];
            (owner, recipient, kind) == (record.provider, provider, record.kind)
        };
        let link = (0..LINKS.len()).find(is_it).filter(|link| self.shares(*link, record.client, today))?;
        Some(match LINKS[link].3 {
            Basis::Automatic => "automatic",
            Basis::Request => "request",
            Basis::Release => "release",
        })
    }

    /// Rule 3.8: whom it may name when it asks for records.
    pub fn may_name(&self, account: usize, client: usize, today: NaiveDate) -> bool {
        let own = (0..PROVIDERS.len()).filter(|provider| self.speaks_for(account, *provider));
        own.into_iter().any(|provider| {
            let mut of_client = self.records.iter().filter(|record| record.client == client);
            self.enrolled[client][provider]
                || of_client.any(|record| self.basis(provider, record, today).is_some())
        })
    }

    /// Rule 3.11: who has sent it sees it at once, the owner once it has arrived.
    pub fn sees_request(&self, account: usize, request: &Request) -> bool {
        let (owner, recipient, _, _) = LINKS[request.link];
        self.speaks_for(account, recipient) || request.has_arrived && self.speaks_for(account, owner)
    }

    /// Rules 3.11 and 3.12: who has sent it knows its own client, whether or not the owner does; the owner learns who it
    /// is where the client is active at both.
    pub fn knows_whose(&self, account: usize, request: &Request) -> bool {
        let (owner, recipient, _, _) = LINKS[request.link];
        let is_at = |provider: usize| self.enrolled[request.client][provider];
        let as_sender = self.speaks_for(account, recipient) && is_at(recipient);
        let as_owner = self.speaks_for(account, owner) && is_at(owner) && is_at(recipient);
        self.accounts[account].answers_sharing && (as_sender || as_owner)
    }

    /// Whether a calendar of it holds the visit, and as one that is to come: rule 1.12. What it has had is in it as cancelled.
    pub fn calendar(&self, account: usize, visit: usize) -> Option<bool> {
        let of_visit = |package: &&Package| package.visits.iter().any(|(one, _, _)| *one == visit);
        let mut had = self.packages.iter().filter(of_visit).flat_map(|package| {
            let own = package.offers.iter().filter(|offer| self.speaks_for(account, offer.provider));
            let own = own.filter(|offer| [Answer::Accepted, Answer::HandedBack].contains(&offer.answer));
            own.map(|offer| package.holder() == Some(offer.provider))
        });
        had.next().map(|first| (first || had.any(|has| has)) && !self.visits[visit].is_cancelled)
    }
}

impl Request {
    /// Rules 3.5, 3.6 and 3.11.
    pub fn status(&self, today: NaiveDate) -> &'static str {
        match self.label {
            Label::Pending if self.last < today => "unanswered",
            Label::Pending => "pending",
            Label::Granted if self.last < today => "expired",
            Label::Granted => "granted",
            Label::Denied => "denied",
            Label::Revoked => "revoked",
            Label::Cancelled => "cancelled",
        }
    }
}

impl Release {
    pub fn names(&self, provider: usize) -> bool {
        self.recipients.as_ref().is_none_or(|named| named.contains(&provider))
    }

    /// Rules 3.6 and 3.7.
    pub fn is_active(&self, today: NaiveDate) -> bool {
        !self.is_revoked && today <= self.last
    }
}

pub fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap()
}
