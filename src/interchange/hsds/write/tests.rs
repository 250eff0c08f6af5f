use std::fs;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use serde_json::{Value, json};

use super::super::details::LISTS;
use super::super::entry::Entry;
use super::super::kind::{Kind, Rest};
use super::super::object::Object;
use super::super::said;
use super::Directory;
use crate::file::AtomicFolder;
use crate::interchange::table::Reading;
use crate::model::directory::{
    self, Address, AddressKind, Capacity, ContactPerson, Coordinates, Detail, DetailKind, DirectoryEntry,
    Listing, Lists, OpeningHours, OwnProgram, OwnProvider, Phone, Said, Service, Spoken,
};
use crate::model::resource::State;

/// On one line, as names are kept.
fn name() -> impl Strategy<Value = String> {
    select(vec![
        "Oak", "=Hill & Dale", "'quoted", "'=1+1", "a, b; c", "\"Café\"", "35 GBP per hour", "35.50 GBP",
        "12 to 99", "12 and over", "up to 5", "http://oak.example", "oak.example", "desk@oak.example",
        "desk at oak", "{\"name\":\"x\"}", "100", "x12", "unknown", "closed", "tax id", "tax status",
        "Oak\u{301}",
    ])
    .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![name(), Just("First\r\nsecond \"line\"  ".to_owned()), Just("+1\n=2".to_owned())]
}

fn phone() -> impl Strategy<Value = Phone> {
    let kind = select(vec!["voice", "fax", "tty"]).prop_map(str::to_owned);
    (name(), of(name()), kind, of(name())).prop_map(|(number, extension, kind, department)| Phone {
        number,
        extension,
        kind,
        department,
    })
}

fn address() -> impl Strategy<Value = Address> {
    let kind = select(AddressKind::ALL.to_vec());
    let place = (1_i64..90_000_000, -180_000_000_i64..180_000_000)
        .prop_map(|(latitude, longitude)| Coordinates { latitude, longitude });
    (of(name()), of(name()), name(), of(name()), of(name()), of(name()), kind, of(place)).prop_map(
        |(attention, line_1, city, region, postal_code, country, kind, place)| Address {
            attention,
            line_1,
            line_2: None,
            city: Some(city),
            region,
            postal_code,
            country,
            kind,
            place,
        },
    )
}

fn hours() -> impl Strategy<Value = OpeningHours> {
    let time = || of(select(vec!["09:00", "17:30", "24:00", "00:00"]).prop_map(str::to_owned));
    let day = || of(select(vec!["2026-12-24", "2027-01-01"]).prop_map(|day| day.parse().expect("a day")));
    (of(1_i64..=7), time(), time(), day(), day(), any::<bool>(), of(name())).prop_map(
        |(weekday, opens, closes, starts_on, ends_on, closed, note)| OpeningHours {
            weekday,
            // An entry that says nothing is none.
            opens: opens.or_else(|| Some("08:15".to_owned())),
            closes,
            starts_on,
            ends_on,
            closed,
            note,
        },
    )
}

fn person() -> impl Strategy<Value = ContactPerson> {
    (name(), of(name()), of(name())).prop_map(|(name, title, email)| ContactPerson {
        name: Some(name),
        title,
        department: None,
        email,
    })
}

fn detail() -> impl Strategy<Value = Detail> {
    (select(DetailKind::ALL.to_vec()), text(), of(name()), of(name()))
        .prop_map(|(kind, name, code, note)| Detail { kind, name, code, note })
}

fn lists() -> impl Strategy<Value = Lists> {
    let all = (
        vec(phone(), 0..4),
        vec(address(), 0..3),
        vec(detail(), 0..9),
        vec(hours(), 0..4),
        vec(person(), 0..3),
        vec((0_usize..99, fields()), 0..9),
    );
    all.prop_map(|(phones, addresses, details, opening_hours, contact_persons, rest)| {
        let mut lists =
            Lists { phones, addresses, details, opening_hours, contact_persons, ..Lists::default() };
        lists.condense();
        remain(&mut lists, rest);
        lists.condense();
        lists
    })
}

/// Fields as others have them: some that HSDS knows, some that it does not, and some that are not what it asks for.
fn fields() -> impl Strategy<Value = Object> {
    let names = [
        "name", "description", "logo", "uri", "url", "year_incorporated", "assured_date", "link_type",
        "value", "version", "dtstart", "timezone", "bymonthday", "extent", "region", "status",
        "address_type", "location_type", "latitude", "longitude", "vendor", "last_modified", "valid_from",
    ];
    let value = prop_oneof![
        text().prop_map(Value::from),
        select(vec![
            "2026-01-31", "2026-01-31T10:00:00Z", "http://oak.example", "7", "virtual", "defunct", "200"
        ])
        .prop_map(Value::from),
        Just(json!([{"name": "Welsh"}, {"code": "cy", "name": "Welsh"}])),
        Just(json!({"a": [1, null]})),
    ];
    let languages = of(select(vec![
        json!([{"name": "Welsh"}]),
        json!([{"code": "cy", "name": "Welsh"}, {"name": "Urdu"}]),
        json!([{"dialect": "north", "name": "Welsh"}]),
        json!("Welsh"),
    ]));
    let part = of(vec((select(names.to_vec()), text().prop_map(Value::from)), 1..4));
    (vec((select(names.to_vec()), value), 1..5), languages, part).prop_map(|(fields, languages, part)| {
        let object = |fields: Vec<(&str, Value)>| {
            fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Object>()
        };
        let mut all = object(fields);
        all.extend(languages.map(|languages| ("languages".to_owned(), languages)));
        all.extend(part.map(|part| ("taxonomy_term".to_owned(), Value::Object(object(part)))));
        all
    })
}

/// Gives remainders to entries of the lists, as readers do.
fn remain(lists: &mut Lists, rest: Vec<(usize, Object)>) {
    let mut of: Vec<(Kind, String)> = Vec::new();
    of.extend(lists.phones.iter().map(|one| (Kind::Phone, one.key())));
    of.extend(lists.addresses.iter().map(|one| (Kind::Address, one.key())));
    of.extend(lists.addresses.iter().map(|one| (Kind::Location, one.key())));
    of.extend(lists.addresses.iter().map(|one| (Kind::ServiceAtLocation, one.key())));
    of.extend(lists.opening_hours.iter().map(|one| (Kind::Schedule, one.key())));
    of.extend(lists.contact_persons.iter().map(|one| (Kind::Contact, one.key())));
    of.extend(lists.details.iter().filter_map(|one| {
        let listed = LISTS.iter().find(|(_, _, listed)| listed.kind() == one.kind);
        let kind = match one.kind {
            DetailKind::Category => Kind::Attribute,
            _ => Kind::Listed(listed?.2),
        };
        Some((kind, one.key()))
    }));
    for (number, fields) in rest {
        let (kind, entry) = match of.get(number % (of.len() + 1)) {
            Some((kind, entry)) => (*kind, Some(entry.clone())),
            None if number % 2 == 0 => (Kind::Organization, None),
            None => (Kind::Service, None),
        };
        lists.remainders.extend(Rest { kind, entry, fields }.remainder());
    }
}

fn capacity() -> impl Strategy<Value = Capacity> {
    let at = || of(Just("2026-11-20T08:00:00.5Z".parse().expect("an instant")));
    (0_i64..9, of(name()), of(9_i64..20), of(text()), at(), at()).prop_map(
        |(places, unit, maximum, note, updated_at, ends_at)| Capacity {
            places,
            unit,
            maximum,
            note,
            updated_at,
            ends_at,
        },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let texts = (of(name()), of(text()), of(text()), of(text()), of(name()), of(name()));
    let own = (of(name()), select(State::ALL.to_vec()));
    (name(), texts, lists(), of(capacity()), own).prop_map(
        |(name, texts, lists, capacity, (source_id, state))| {
            let (alternate_name, description, eligibility, fees, email, url) = texts;
            Service {
                name,
                alternate_name,
                description,
                eligibility,
                fees,
                email,
                url,
                active: state != State::Inactive,
                lists,
                capacity,
                own: Some(OwnProgram {
                    code: String::new(),
                    source_id,
                    state: Some(state.name().to_owned()),
                }),
                ..Service::default()
            }
        },
    )
}

fn listing() -> impl Strategy<Value = Listing> {
    let texts = (of(name()), of(text()), of(name()), of(name()), of(name()), of(name()));
    (name(), texts, any::<bool>(), vec(service(), 0..3), lists(), of((name(), name())), of(capacity()))
        .prop_map(|(name, texts, active, services, lists, origin, capacity)| {
            let (alternate_name, description, email, url, phone, postal_code) = texts;
            Listing {
                name,
                alternate_name,
                description,
                email,
                url,
                phone,
                postal_code,
                active,
                services,
                lists,
                capacity,
                own: Some(OwnProvider { origin, ..OwnProvider::default() }),
                ..Listing::default()
            }
        })
}

/// What a source says of no provider: terms, of which some are those that providers have, and whatever else.
fn said() -> impl Strategy<Value = (usize, usize, Object)> {
    (0_usize..3, 0_usize..60, fields())
}

/// With a source each, in their order.
fn of_sources(said: Vec<(usize, usize, Object)>, listings: &[Listing]) -> Vec<(String, DirectoryEntry)> {
    let owners = listings
        .iter()
        .flat_map(|one| std::iter::once(&one.lists).chain(one.services.iter().map(|service| &service.lists)));
    let details = owners.flat_map(|lists| &lists.details).filter(|one| one.kind == DetailKind::Category);
    let mut terms: Vec<Detail> = details.cloned().collect();
    terms.push(Detail { kind: DetailKind::Category, name: "Rides".to_owned(), code: None, note: None });
    let mut sources: Vec<String> = listings
        .iter()
        .filter_map(|one| one.own.as_ref()?.origin.as_ref().map(|(source, _)| source.clone()))
        .chain(["=Hill & Dale".to_owned()])
        .collect();
    sources.sort();
    let mut all: Vec<(String, DirectoryEntry)> = Vec::new();
    for (source, which, rest) in said {
        let Some(source) = sources.get(source % sources.len()) else { continue };
        let id = [None, Some("x12"), Some("3f7b145d-84af-42d7-8fae-eaca714b02b2")];
        let one = if let Some(term) = terms.get(which % (terms.len() + 4)) {
            let id = id.get(which % id.len()).copied().flatten();
            DirectoryEntry::new(Kind::Term.name(), term.key(), said::term(term, id, None, rest))
        } else {
            let entity = ["taxonomy", "metadata", "location", "attribute"];
            let entity = entity.get(which % entity.len()).copied().unwrap_or_default();
            DirectoryEntry::new(entity, which.to_string(), rest)
        };
        if !all
            .iter()
            .any(|(name, known)| name == source && (&known.entity, &known.entry) == (&one.entity, &one.entry))
        {
            all.push((source.clone(), one));
        }
    }
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    all
}

/// With an id and a code each.
fn numbered(mut listings: Vec<Listing>) -> Vec<Listing> {
    let mut number = 0;
    for listing in &mut listings {
        number += 1;
        let code = |prefix: &str| format!("{prefix}-{number:06}");
        listing.source_id = super::provider_id(None, &code("PRV"), false);
        if let Some(own) = &mut listing.own {
            (own.code, own.agency) = (code("PRV"), code("RES"));
        }
        for service in &mut listing.services {
            number += 1;
            service.source_id = super::program_id(None, &format!("RES-{number:06}"), false);
            service.own.as_mut().expect("it is own").code = format!("RES-{number:06}");
        }
    }
    listings
}

/// What is compared: rows of tables have no order, and where something stands in a file is of that file.
fn tidy(mut listings: Vec<Listing>) -> Vec<Listing> {
    fn sort(lists: &mut Lists) {
        lists.spoken = Spoken::default();
        lists.phones.sort_by_key(|one| format!("{one:?}"));
        lists.addresses.sort_by_key(|one| format!("{one:?}"));
        lists.details.sort_by_key(|one| format!("{one:?}"));
        lists.opening_hours.sort_by_key(|one| format!("{one:?}"));
        lists.contact_persons.sort_by_key(|one| format!("{one:?}"));
        let all: Vec<_> = lists.remainders.iter().collect();
        lists.remainders = directory::remainder::after(&all, Vec::new(), Spoken::default());
    }
    for listing in &mut listings {
        sort(&mut listing.lists);
        (listing.line, listing.spoken) = (0, Spoken::default());
        for service in &mut listing.services {
            sort(&mut service.lists);
            (service.line, service.spoken) = (0, Spoken::default());
        }
    }
    listings
}

fn read(path: &std::path::Path) -> directory::Directory {
    crate::interchange::hsds::read(&path.into(), &Reading::default()).expect("a directory")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // Rule 8.22.
    #[test]
    fn what_is_written_is_read_as_it_was(listings in vec(listing(), 1..4), said in vec(said(), 0..6)) {
        let listings = numbered(listings);
        let said = of_sources(said, &listings);
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("directory");
        let folder = AtomicFolder::beside(&path).expect("a folder");
        let mut directory = Directory::begin(&folder, &said, true).expect("files");
        for listing in &listings {
            directory.add(listing).expect("written");
        }
        for (source, one) in &said {
            directory.say(source, one).expect("written");
        }
        directory.end().expect("written");
        folder.keep().expect("kept");
        let documents = home.path().join("documents");
        fs::create_dir(&documents).expect("a folder");
        for document in super::DOCUMENTS {
            fs::copy(path.join(document), documents.join(document)).expect("a document");
        }
        for way in [path.join(super::DOCUMENT), path, documents.clone()] {
            let found = read(&way);
            prop_assert_eq!(&found.rejects, &vec![], "{}", fs::read_to_string(&way).unwrap_or_default());
            prop_assert_eq!(tidy(found.listings), tidy(listings.clone()));
            prop_assert_eq!(found.said, Said::default());
            // The document of the organizations has nothing about others.
            if way.is_dir() {
                let all = found.said_by.into_iter();
                let all = all.flat_map(|(name, said)| said.entries.into_iter().map(move |one| (name.clone(), one)));
                prop_assert_eq!(all.collect::<Vec<_>>(), said.clone(), "{}", way.display());
            }
        }
    }
}
