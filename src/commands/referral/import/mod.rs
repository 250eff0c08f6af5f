//! `referral import`: referrals with their history, from tables.

mod change;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::commands::prelude::*;
use crate::context::{Creators, EachRow, ImportArgs, Known, Seen};
use crate::interchange::referrals::{self, ReferralRow};
use crate::interchange::table::{Corrections, Reading, Rows};
use crate::model::directory::{Origins, Reject};
use crate::model::import::Origin;
use crate::model::import_kind::ImportKind;
use crate::model::referral::ReferralView;
use crate::model::sharing::Effect;
use crate::store::client::ClientOfRow;
use crate::store::referral::{NewEvent, NewReferral};

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk referral import referrals.csv --map id=\"Referral no.\" \\
      --source county --dry-run
  $ caredesk referral import new.xlsx --alert

Columns: id, code, queue, status, client, contact_number, resource, note, created_at, created_by, assigned_at. A referral is known by \
  its id within its source, or by our code. A client is given by its code or its id in another system, a queue by its name, a resource \
  by its code or name.
  Open referrals follow the rules of `referral create`, `assign` and `set-status`. Closed ones are history: their queue, status and \
  resource need not be in use any more.
  Of what is imported no account is alerted unless `--alert` says so; how many assignments that concerns is said at the end. What \
  `referral list` writes is read as it is.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// Alert the accounts of the resources that open referrals are assigned to
    #[arg(long)]
    alert: bool,
    #[command(flatten)]
    even_so: EvenSo,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.import_each(ImportKind::Referrals, &command.args, |tx| {
        let sources = store::referral::sources(tx)?;
        Ok(Importer {
            context,
            command,
            sources,
            file: File::default(),
            names: Names::default(),
            pending: Pending::default(),
            sum: Sum::default(),
        })
    })
}

struct Importer<'a> {
    context: &'a Context,
    command: &'a Import,
    /// Those of all referrals that were imported before.
    sources: Vec<String>,
    file: File,
    names: Names,
    pending: Pending,
    sum: Sum,
}

/// The file that is being read.
#[derive(Default)]
struct File {
    stem: String,
    /// The source that was named, or that of rows that were rejected before.
    named: Option<String>,
    /// Once a row has an id.
    origin: Option<Origin>,
    /// How many rows have an id, and how many of these were there before.
    with_id: u64,
    known: u64,
}

#[derive(Default)]
struct Names {
    clients: Known<ClientOfRow>,
    /// Those of the present chunk, by folded number.
    contacts: HashMap<String, Contact>,
    /// Those of the present chunk, by their id in its source.
    known: HashMap<String, Referral>,
    /// Free ones for the new referrals of the present chunk.
    codes: Vec<String>,
    queues: Known<Queue>,
    resources: Known<Resource>,
    /// Which resources take referrals of which queues now.
    linked: HashSet<(QueueId, ResourceId)>,
    creators: Creators,
    seen: Seen,
}

/// What is new in the present chunk, and written together.
#[derive(Default)]
struct Pending {
    new: Vec<NewReferral>,
    events: Vec<NewEvent>,
    to_alert: Vec<Referral>,
}

/// What is said at the end.
#[derive(Default)]
struct Sum {
    /// How many assignments of open referrals there are.
    assigned: u64,
    alerted: usize,
    /// Those that open referrals have come to.
    resources: BTreeSet<ResourceId>,
}

impl EachRow for Importer<'_> {
    type Row = ReferralRow;
    type View = ReferralView;

    fn open(&mut self, input: &Input, how: &Reading) -> Result<Rows<ReferralRow>> {
        let rejected = Corrections::read(input, how)?.map(|rejected| rejected.origins.source);
        let named = self.command.args.source.clone().or(rejected);
        self.file = File { stem: input.stem(), named, ..File::default() };
        referrals::open(input, how, self.context.today, self.context.zone)
    }

    /// None where it is not clear; rows with an id are refused then.
    fn origins(&self) -> Option<Origins> {
        let origin = self.file.read_origin(&self.sources).ok()?;
        Some(Origins { source: origin.source, directory: None })
    }

    fn prepare(&mut self, tx: &mut Tx<'_>, rows: &[(ReferralRow, Reject)]) -> Result<()> {
        let numbers = rows.iter().filter_map(|(row, _)| row.contact_number.as_ref());
        let contacts = store::contact::of_numbers(tx, numbers)?;
        let clients = rows.iter().filter_map(|(row, _)| row.client.as_ref());
        self.names.clients.prepare(tx, clients.chain(contacts.values().map(|contact| &contact.client)))?;
        self.names.contacts = contacts;
        let ids: Vec<String> = rows.iter().filter_map(|(row, _)| row.id.clone()).collect();
        self.names.known = match self.source(!ids.is_empty())? {
            Some(source) => store::referral::imported(tx, &source, &ids)?,
            None => HashMap::new(),
        };
        let new = ids.iter().filter(|id| !self.names.known.contains_key(*id)).count();
        let taken = |drawn: &[String]| store::referral::taken_codes(tx, drawn);
        self.names.codes = self.context.codes(Prefix::Referral, new, taken)?;
        Ok(())
    }

    fn change(&mut self, tx: &mut Tx<'_>, row: ReferralRow) -> Result<Change<ReferralView>> {
        self.file.with_id += u64::from(row.id.is_some());
        let source = self.source(row.id.is_some())?;
        let called = row.id.clone().or_else(|| row.code.clone()).unwrap_or_default();
        let before = self.existing(tx, &row)?;
        let mut once = |key: String| self.names.seen.once(key, || format!("the referral `{called}`"));
        row.id.as_ref().map_or(Ok(()), |id| once(format!("{source:?} {id}")))?;
        before.as_ref().map_or(Ok(()), |before| once(before.code.clone()))?;
        match before {
            Some(before) => self.changed(tx, &row, before),
            None => self.created(tx, &row, source.as_deref()),
        }
    }

    fn finish(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.store(tx)
    }

    fn close(&mut self, _: u64) -> Result<()> {
        let File { origin, with_id, known, .. } = &self.file;
        origin.as_ref().map_or(Ok(()), |origin| origin.must_be_proven(*with_id, *known))
    }

    fn end(&mut self, tx: &mut Tx<'_>) -> Result<(Effect, Vec<String>)> {
        let Sum { assigned, alerted, resources } = std::mem::take(&mut self.sum);
        let mut sentences = Vec::new();
        for resource in resources {
            let capacity = store::capacity::in_force(tx, resource, self.context.now())?;
            sentences.extend(capacity.and_then(|capacity| capacity.exhausted()));
        }
        if assigned > 0 && !self.command.alert {
            let assignments = counted(assigned, "assignment", "assignments");
            sentences
                .push(format!("no account was alerted of {assignments}; an import with `--alert` does that"));
        }
        if alerted > 0 {
            sentences.push(format!("{} queued", counted(alerted, "alert is", "alerts are")));
        }
        sentences.extend(self.names.creators.sentence());
        Ok((Effect::default(), sentences))
    }
}

impl File {
    fn read_origin(&self, known: &[String]) -> Result<Origin> {
        Origin::new(self.named.as_deref(), self.stem.clone(), known)
    }
}

impl Importer<'_> {
    /// The source of rows, if they have an id.
    fn source(&mut self, has_id: bool) -> Result<Option<String>> {
        if !has_id {
            return Ok(None);
        }
        if self.file.origin.is_none() {
            self.file.origin = Some(self.file.read_origin(&self.sources)?);
        }
        Ok(self.file.origin.as_ref().map(|origin| origin.source.clone()))
    }

    fn existing(&mut self, tx: &mut Tx<'_>, row: &ReferralRow) -> Result<Option<Referral>> {
        if let Some(known) = row.id.as_ref().and_then(|id| self.names.known.remove(id)) {
            self.file.known += 1;
            return Ok(Some(known));
        }
        let Some(code) = row.code.as_ref().and_then(|code| code.parse::<Reference>().ok()) else {
            return Ok(None);
        };
        store::lookup_if_there::<Referral>(tx, &code, Visibility::INTERNAL)
    }
}
