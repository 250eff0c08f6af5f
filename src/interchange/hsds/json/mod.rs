//! Reads HSDS 3 JSON documents: single objects, lists and pages of them. Data of one organization or service
//! from several documents is merged; objects are read one at a time, so that a long list takes no more memory
//! than its result.

mod contents;
mod others;
mod stream;

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use self::contents::Contents;
use super::super::json_object::Checked;
use super::super::table::{Corrections, Reading, Source};
use super::assembly::{Assembly, Location, Owner, ServicePlace};
use super::kind::{self, Kind, METADATA, Rest};
use super::object::{self, Object, Subject, objects_of};
use super::{capacity, own, said};
use crate::error::Result;
use crate::model::directory::{Coordinates, Directory, Reject};

/// All documents of one import.
#[derive(Default)]
pub(super) struct Documents {
    assembly: Assembly,
    /// The document being read.
    file: String,
    /// Bytes of all documents.
    passed: Rc<Cell<u64>>,
    /// Objects that were rejected before, in the place of those that they were.
    corrections: Option<Arc<Corrections>>,
    /// Services whose organization is given only by its id, until everything is read.
    waiting: Vec<Waiting>,
    /// Attributes that stand by themselves, likewise.
    waiting_attributes: Vec<Waiting>,
    pages: BTreeMap<Subject, Pages>,
    /// Files without organizations or services.
    skipped: Vec<String>,
    nameless_locations: u64,
    /// Listings with different names, reported once each.
    renamed: HashSet<usize>,
}

struct Waiting {
    file: String,
    place: String,
    object: Object,
}

/// How many objects the pages of one kind announce, and how many there were.
#[derive(Default)]
struct Pages {
    promised: u64,
    seen: u64,
}

/// What is not read of an organization or a service itself.
fn whole(kind: Kind, object: &Object) -> Rest {
    Rest { kind, entry: None, fields: kind.rest(object) }
}

impl Documents {
    pub(super) fn new(how: &Reading) -> Self {
        Documents { corrections: how.corrections.clone(), ..Documents::default() }
    }

    /// Reads one document. Broken JSON is `import.unreadable`; `file.unreadable` if there is more than can be held.
    pub(super) fn read(&mut self, file: &str, source: Source) -> Result<()> {
        file.clone_into(&mut self.file);
        let text = Box::new(stream::Counted { from: source.text, passed: Rc::clone(&self.passed) });
        let mut subjects: BTreeMap<Subject, u64> = BTreeMap::new();
        let promised = stream::each_object(file, text, &mut |place, value, flaw| {
            *subjects.entry(self.take(place, value, flaw)).or_default() += 1;
        })?;
        let others = subjects.remove(&Subject::Nothing).unwrap_or_default();
        let of_others = if subjects.is_empty() {
            self.skipped.push(file.to_owned());
            file.split('.').next().unwrap_or(file)
        } else {
            Subject::Nothing.plural()
        };
        kind::count(&mut self.assembly.remarks.not_kept, of_others.to_owned(), others);
        if let (Some(promised), Some((subject, seen))) = (promised, subjects.first_key_value()) {
            let pages = self.pages.entry(*subject).or_default();
            pages.promised = pages.promised.max(promised);
            pages.seen += seen;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Directory {
        for Waiting { file, place, object: service } in std::mem::take(&mut self.waiting) {
            self.file = file;
            if let Err(reason) = self.late_service(&service, &place) {
                self.reject(&place, &service, reason);
            }
        }
        self.attributes();
        if !self.skipped.is_empty() {
            let note = format!("Skipped, without organizations or services: {}.", self.skipped.join(", "));
            self.assembly.remarks.notes.push(note);
        }
        for (subject, Pages { promised, seen }) in
            self.pages.iter().filter(|(_, pages)| pages.seen < pages.promised)
        {
            let kind = subject.plural();
            self.assembly
                .remarks
                .notes
                .push(format!("The pages speak of {promised} {kind}, but only {seen} are here."));
        }
        own::settled(self.assembly.finish())
    }

    /// A top-level object, or one of a page, and why it cannot be taken.
    fn take(&mut self, place: &str, value: Value, flaw: Option<String>) -> Subject {
        let (value, flaw) = self.corrected(place, value, flaw);
        let Value::Object(object) = value else { return Subject::Nothing };
        let subject = Subject::of(&object, &self.file);
        let taken = match subject {
            Subject::Nothing => {
                if object.contains_key("organizations.csv") {
                    let note = format!(
                        "{} holds tables inside JSON; give them as CSV files to have them read.",
                        self.file
                    );
                    self.assembly.remarks.notes.push(note);
                }
                return subject;
            }
            _ if flaw.is_some() => Err(flaw.unwrap_or_default()),
            Subject::Organization => self.organization(&object, place).map(|_| ()),
            Subject::Service => self.service(&object, place),
            Subject::ServiceAtLocation => self.service_at_location(&object, place),
            Subject::Location => {
                self.location(None, &object, place);
                Ok(())
            }
            Subject::Taxonomy => self.taxonomy(&object),
            Subject::Term => self.term(&object, None),
            Subject::Attribute => {
                self.attribute(object.clone(), place);
                Ok(())
            }
            Subject::Metadata => {
                self.alone(METADATA, object.clone());
                Ok(())
            }
            Subject::Description => {
                self.alone(said::DESCRIPTION, object.clone());
                Ok(())
            }
        };
        self.assembly.read += 1;
        if let Err(reason) = taken {
            self.reject(place, &object, reason);
        }
        subject
    }

    /// The value at this place with the corrections in it.
    fn corrected(&self, place: &str, mut value: Value, mut flaw: Option<String>) -> (Value, Option<String>) {
        let Some(corrections) = &self.corrections else { return (value, flaw) };
        for (pointer, json) in corrections.of_document(&self.file) {
            let below = pointer.strip_prefix(place).filter(|rest| rest.is_empty() || rest.starts_with('/'));
            let Some(old) = below.and_then(|below| value.pointer_mut(below)) else { continue };
            match serde_json::from_str::<Checked>(json) {
                Ok(new) => {
                    flaw = new.flaw().or(flaw.filter(|_| below != Some("")));
                    *old = new.value;
                }
                Err(error) => flaw = Some(format!("has been corrected to what is no JSON: {error}")),
            }
        }
        (value, flaw)
    }

    fn organization(&mut self, organization: &Object, place: &str) -> Result<usize, String> {
        let known = self.assembly.organizations.get(&object::id(organization)).copied();
        let listing = object::listing(organization)?;
        let mut otherwise = Object::new();
        let at = match known.and_then(|at| self.assembly.listings.get_mut(at).map(|kept| (at, kept))) {
            None => self.assembly.add_listing(listing),
            Some((at, kept)) => {
                if kept.name != listing.name {
                    let (id, kept, other) = (&listing.source_id, &kept.name, &listing.name);
                    let note =
                        format!("Organization `{id}` is called `{kept}` and `{other}`; the first is kept.");
                    if self.renamed.insert(at) {
                        self.assembly.remarks.notes.push(note);
                    }
                }
                otherwise = object::complete_listing(kept, listing);
                at
            }
        };
        self.contents(Owner::Listing(at), organization, place);
        self.assembly.remain(Owner::Listing(at), whole(Kind::Organization, organization));
        let otherwise = Rest { kind: Kind::Organization, entry: None, fields: otherwise };
        self.assembly.remain(Owner::Listing(at), otherwise);
        self.assembly.condense(Owner::Listing(at));
        for (index, location) in objects_of(organization, "locations").enumerate() {
            self.location(Some(Owner::Listing(at)), location, &format!("{place}/locations/{index}"));
        }
        for (index, service) in objects_of(organization, "services").enumerate() {
            let place = format!("{place}/services/{index}");
            if let Err(reason) = self.service_of(at, service, &place) {
                self.reject(&place, service, reason);
            }
        }
        Ok(at)
    }

    /// A service outside its organization: the organization is inside it, or given by its id.
    fn service(&mut self, service: &Object, place: &str) -> Result<(), String> {
        let nested = object::object_of(service, "organization");
        if let Some(organization) = nested.filter(|inner| !object::text_of(inner, "name").trim().is_empty()) {
            let at = self.organization(organization, &format!("{place}/organization"));
            let at = at.map_err(|reason| format!("its organization {reason}"))?;
            return self.service_of(at, service, place).map(|_| ());
        }
        self.waiting.push(Waiting {
            file: self.file.clone(),
            place: place.to_owned(),
            object: service.clone(),
        });
        Ok(())
    }

    fn late_service(&mut self, service: &Object, place: &str) -> Result<(), String> {
        let nested = object::object_of(service, "organization").map(object::id);
        let named = nested.unwrap_or_else(|| object::text_of(service, "organization_id").trim().to_owned());
        let by_id = self.assembly.services.get(&object::id(service)).map(|place| place.0);
        let at = match self.assembly.organizations.get(&named).copied().or(by_id) {
            Some(at) => at,
            None if named.is_empty() => return Err("names no organization".to_owned()),
            None => return Err(format!("organization `{named}` is in none of the documents")),
        };
        self.service_of(at, service, place).map(|_| ())
    }

    fn service_of(&mut self, listing: usize, service: &Object, place: &str) -> Result<ServicePlace, String> {
        let known = self.assembly.services.get(&object::id(service)).copied();
        if known.is_some_and(|known| known.0 != listing) {
            return Err("was already read as a service of another organization".to_owned());
        }
        let read = object::service(service)?;
        let mut otherwise = Object::new();
        let at = match known.and_then(|known| self.assembly.service_mut(known).map(|kept| (known, kept))) {
            Some((known, kept)) => {
                otherwise = object::complete_service(kept, read);
                known
            }
            None => self.assembly.add_service(listing, read).ok_or("has lost its organization")?,
        };
        self.contents(Owner::Service(at), service, place);
        self.assembly.remain(Owner::Service(at), whole(Kind::Service, service));
        let otherwise = Rest { kind: Kind::Service, entry: None, fields: otherwise };
        self.assembly.remain(Owner::Service(at), otherwise);
        self.assembly.condense(Owner::Service(at));
        self.capacities(at, service, place);
        for (index, link) in objects_of(service, "service_at_locations").enumerate() {
            self.link(at, link, &format!("{place}/service_at_locations/{index}"));
        }
        Ok(at)
    }

    fn capacities(&mut self, service: ServicePlace, object: &Object, place: &str) {
        for (below, one) in capacity::listed(object) {
            match (capacity::of_object(one), self.assembly.service_mut(service)) {
                (Ok(new), Some(kept)) => {
                    let rest = Rest::capacity(&new, Kind::Capacity.rest(one));
                    let left = capacity::keep(kept, new);
                    kind::count(&mut self.assembly.remarks.not_kept, "service_capacity".to_owned(), left);
                    self.assembly.remain(Owner::Service(service), rest);
                }
                (Err(reason), _) => self.reject(&format!("{place}/{below}"), one, reason),
                (Ok(_), None) => {}
            }
        }
    }

    fn service_at_location(&mut self, link: &Object, place: &str) -> Result<(), String> {
        let Some(inner) = object::object_of(link, "service") else {
            return Err("names no service".to_owned());
        };
        self.service(inner, &format!("{place}/service"))?;
        if let Some(at) = self.assembly.services.get(&object::id(inner)).copied() {
            self.link(at, link, place);
        } else if let Some(waiting) = self.waiting.last_mut() {
            let links = Value::Array(vec![Value::Object(link.clone())]);
            waiting.object.insert("service_at_locations".to_owned(), links);
        }
        Ok(())
    }

    fn link(&mut self, service: ServicePlace, link: &Object, place: &str) {
        self.contents(Owner::Service(service), link, place);
        let rest = Kind::ServiceAtLocation.rest(link);
        match object::object_of(link, "location") {
            Some(location) => {
                let owner = Some(Owner::Service(service));
                let at = self.location(owner, location, &format!("{place}/location"));
                self.assembly.links.push((service, at, rest));
            }
            None => self.assembly.remain(Owner::Service(service), Rest::alone(Kind::ServiceAtLocation, rest)),
        }
    }

    /// A location occurs under its organization and under each service there; its contact data is passed on
    /// at the end, when all are known.
    fn location(&mut self, owner: Option<Owner>, location: &Object, place: &str) -> usize {
        let mut id = object::id(location);
        if id.is_empty() {
            self.nameless_locations += 1;
            id = format!("\0{}", self.nameless_locations);
        }
        let known = self.assembly.locations.get(&id).copied();
        let at = known.unwrap_or_else(|| self.assembly.add_location(&id, 0, Location::default()));
        if let Some(kept) = self.assembly.location_mut(at) {
            let degrees = |key| object::text_of(location, key);
            kept.place =
                kept.place.or(Coordinates::from_degrees(&degrees("latitude"), &degrees("longitude")));
            match owner {
                Some(Owner::Service(service)) => kept.services.push(service),
                Some(Owner::Listing(listing)) => kept.listing = kept.listing.or(Some(listing)),
                Some(Owner::Location(_)) | None => {}
            }
            let rest = Kind::Location.rest(location);
            if !rest.is_empty() && !kept.rest.contains(&rest) {
                kept.rest.push(rest);
            }
        }
        self.contents(Owner::Location(at), location, place);
        at
    }

    fn contents(&mut self, owner: Owner, object: &Object, place: &str) {
        let Contents { is_own, lists: found, rest, rejects } =
            contents::read(object, place, &mut self.assembly.terms);
        self.assembly.is_own |= is_own;
        if let Some(lists) = self.assembly.lists_mut(owner) {
            lists.extend_from(&found);
        }
        for one in rest {
            self.assembly.remain(owner, one);
        }
        // An organization may occur again inside each of its services.
        self.assembly.condense(owner);
        for (place, one, reason) in rejects {
            self.reject(&place, &one, reason);
        }
    }

    fn reject(&mut self, place: &str, object: &Object, reason: String) {
        let raw = serde_json::to_string(object).unwrap_or_default();
        self.assembly.rejects.push(Reject {
            file: self.file.clone(),
            place: Some(place.to_owned()),
            reason,
            columns: ["json".to_owned()].into(),
            cells: vec![raw],
            ..Reject::default()
        });
    }
}
