//! What all parts of an export share: what is wanted, what is written, who is in it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::target::Sink;
use crate::commands::prelude::*;
use crate::context::ContactLook;
use crate::interchange::fhir::write::{FhirResource, Hub, ResourceType, known_patient};
use crate::model::operation::{Verdict, verdict};

pub(super) struct Exporter<'a> {
    pub(super) context: &'a Context,
    pub(super) hub: Hub,
    /// Only these; all if there are none.
    types: &'a [ResourceType],
    since: Option<DateTime<Utc>>,
    target: Sink,
    counts: BTreeMap<ResourceType, u64>,
    /// What a portal account was shown; none for staff, who see all.
    shown: Option<HashSet<String>>,
    /// By the code of each provider the code and the name of its agency record.
    pub(super) agencies: HashMap<String, (String, String)>,
    /// The looks at contact details, for the register of disclosures.
    pub(super) looks: Vec<ContactLook>,
}

/// What was written, and how much of what.
pub(super) struct Written {
    pub(super) counts: BTreeMap<ResourceType, u64>,
    pub(super) target: Sink,
}

/// When each thing last changed, by its code.
pub(super) struct Changes(HashMap<String, DateTime<Utc>>);

impl Changes {
    /// Of the last of these; none where that is not said.
    pub(super) fn of<'c>(&self, codes: impl IntoIterator<Item = &'c str>) -> Option<DateTime<Utc>> {
        codes.into_iter().filter_map(|code| self.0.get(code)).max().copied()
    }
}

impl<'a> Exporter<'a> {
    pub(super) fn begin(
        context: &'a Context, tx: &mut Tx<'_>, target: Sink,
        (types, since): (&'a [ResourceType], Option<DateTime<Utc>>),
    ) -> Result<Self> {
        // Its own identifiers are of a system that no other database has.
        let hub = Hub::new(store::setting::hub_name(tx)?, store::audit::identity(tx)?);
        let shown = context.actor.is_portal().then(HashSet::new);
        Ok(Exporter {
            context,
            hub,
            types,
            since,
            target,
            counts: BTreeMap::new(),
            shown,
            agencies: HashMap::new(),
            looks: Vec::new(),
        })
    }

    /// Whether resources of one of these types are to be written.
    pub(super) fn wants(&self, types: &[ResourceType]) -> bool {
        self.types.is_empty() || types.iter().any(|kind| self.types.contains(kind))
    }

    /// Writes a resource that is wanted, and has changed since.
    pub(super) fn put(&mut self, resource: FhirResource, updated: Option<DateTime<Utc>>) -> Result<()> {
        let is_old = self.since.is_some_and(|since| updated.is_none_or(|updated| updated < since));
        if is_old || !self.wants(&[resource.kind]) {
            return Ok(());
        }
        *self.counts.entry(resource.kind).or_default() += 1;
        let resource = match &mut self.shown {
            None => resource,
            Some(shown) => {
                shown.insert(resource.reference());
                resource.alone(&self.hub, |reference| shown.contains(reference))
            }
        };
        self.target.add(&resource.updated(updated))
    }

    /// When these last changed. A portal account is not shown it: it would tell of others (rule 1.11).
    pub(super) fn changes(&self, tx: &mut Tx<'_>, codes: Vec<String>) -> Result<Changes> {
        if self.is_of_portal() {
            return Ok(Changes(HashMap::new()));
        }
        let mut changes: HashMap<String, DateTime<Utc>> = HashMap::new();
        for (code, action, at) in store::audit::last_actions(tx, &codes, self.context.now())? {
            // A look changes nothing.
            if verdict(&action) != Verdict::Look {
                let last = changes.entry(code).or_insert(at);
                *last = at.max(*last);
            }
        }
        Ok(Changes(changes))
    }

    pub(super) fn visibility(&self) -> Visibility {
        self.context.visibility()
    }

    pub(super) fn is_of_portal(&self) -> bool {
        self.shown.is_some()
    }

    /// Whose referrals these are; a portal account is not shown it here.
    pub(super) fn subjects(&self, tx: &mut Tx<'_>, referrals: Vec<String>) -> Result<HashMap<String, Value>> {
        if self.is_of_portal() {
            return Ok(HashMap::new());
        }
        let clients = store::referral::clients(tx, &referrals)?;
        Ok(clients.into_iter().map(|(code, (client, name))| (code, known_patient(&client, &name))).collect())
    }

    pub(super) fn end(mut self) -> Result<(Written, Vec<ContactLook>)> {
        self.target.end()?;
        Ok((Written { counts: self.counts, target: self.target }, self.looks))
    }
}
