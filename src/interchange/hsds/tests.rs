use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::file::Input;
use crate::interchange::providers::read_providers;
use crate::interchange::table::Reading;
use crate::model::directory::{AddressKind, Directory, Listing, Remainder, Service};

fn read(input: &Input) -> Result<Directory> {
    super::read(input, &Reading::default())
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Real directories are kept outside the repository.
fn real(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let path = std::env::var_os("CAREDESK_TEST_DATA").map_or_else(beside, PathBuf::from).join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}", path.display());
    None
}

fn listing<'a>(directory: &'a Directory, id: &str) -> &'a Listing {
    directory.listings.iter().find(|listing| listing.source_id == id).expect("a listing of this id")
}

fn service<'a>(directory: &'a Directory, id: &str) -> &'a Service {
    let mut services = directory.listings.iter().flat_map(|listing| &listing.services);
    services.find(|service| service.source_id == id).expect("a service of this id")
}

fn rejects(directory: &Directory) -> Vec<String> {
    directory.rejects.iter().map(|reject| format!("{}: {}", reject.origin(), reject.reason)).collect()
}

/// Listings, services, phones and addresses of the listings, those of the services, rejects, read.
fn counts(directory: &Directory) -> [u64; 8] {
    let services = || directory.listings.iter().flat_map(|listing| &listing.services);
    [
        directory.listings.len() as u64,
        services().count() as u64,
        directory.listings.iter().map(|listing| listing.lists.phones.len() as u64).sum(),
        directory.listings.iter().map(|listing| listing.lists.addresses.len() as u64).sum(),
        services().map(|service| service.lists.phones.len() as u64).sum(),
        services().map(|service| service.lists.addresses.len() as u64).sum(),
        directory.rejects.len() as u64,
        directory.read,
    ]
}

#[test]
fn tables_keep_texts_exactly_and_tidy_names() {
    let directory = read(&fixture("directory-hsds1").into()).expect("a directory");
    let harbour = listing(&directory, "01");
    assert_eq!(harbour.name, "Harbour Home Care");
    assert_eq!(harbour.description.as_deref(), Some("First line\r\nsecond \"quoted\" line  "));
    assert_eq!(harbour.email.as_deref(), Some("desk@harbour.example"));
    assert_eq!(
        (harbour.postal_code.as_deref(), harbour.phone.as_deref()),
        (Some("00123"), Some("(800) 555-LEAD"))
    );
    assert_eq!(harbour.line, 2);
    assert_eq!(listing(&directory, "02").name, "=Hill & Dale");
    assert_eq!(listing(&directory, "02").description.as_deref(), Some("+44 is text here"));
    let tea = service(&directory, "S1");
    assert_eq!((tea.name.as_str(), tea.description.as_deref()), ("Café visits", Some("Tea\nand talk ")));
    assert_eq!((tea.eligibility.as_deref(), tea.fees.as_deref()), (Some("18 – 99"), Some("€5")));
    assert_eq!(
        (tea.active, service(&directory, "S2").active, service(&directory, "S7").active),
        (true, false, false)
    );
}

#[test]
fn phones_and_addresses_find_their_owners() {
    let directory = read(&fixture("directory-hsds1").into()).expect("a directory");
    let numbers = |id| {
        service(&directory, id).lists.phones.iter().map(|at| format!("{} {}", at.kind, at.number)).collect()
    };
    let of_s1: Vec<String> = numbers("S1");
    assert_eq!(of_s1, ["voice 0555 100", "tty 0555 300", "fax 0555 200"]);
    let of_s2: Vec<String> = numbers("S2");
    assert_eq!(of_s2, ["fax 0555 200"]);
    let kinds: Vec<_> =
        service(&directory, "S2").lists.addresses.iter().map(|at| (at.kind, at.line_1.as_deref())).collect();
    assert_eq!(kinds, [(AddressKind::Physical, Some("1 Pier Road")), (AddressKind::Postal, Some("Box 1"))]);
    let meadow = listing(&directory, "05");
    assert_eq!(meadow.lists.addresses.len(), 1, "a location without services speaks for its organization");
    assert_eq!(meadow.postal_code.as_deref(), Some("F5 5LD"));
}

#[test]
fn what_does_not_fit_is_a_reject_with_its_line_and_reason() {
    let directory = read(&fixture("directory-hsds1").into()).expect("a directory");
    expect_test::expect![[r"
        organizations.csv line 5: id `01` was already used on line 2
        organizations.csv line 6: has no name
        services.csv line 5: names no location and no organization
        services.csv line 6: location `L9` is not in locations.csv
        services.csv line 7: has 4 cells where the header has 8
        services.csv line 10: location `L3`: organization `04` was itself rejected (organizations.csv line 6)
        services.csv line 12: id `S1` was already used on line 2
        phones.csv line 7: service `S3` was itself rejected (services.csv line 5)
        phones.csv line 8: service `S99` is not in services.csv
        phones.csv line 9: names no organization, service or location
        phones.csv line 10: has no number
        phones.csv line 11: contact `C2`: service `S3` was itself rejected (services.csv line 5)
        phones.csv line 12: service `S5` was itself rejected (services.csv line 7)
        addresses.csv line 4: location `L4`: organization `99` is not in organizations.csv
        addresses.csv line 5: is an address without any line, city or postal code
        mail_addresses.csv line 3: location `L77` is not in locations.csv"]]
    .assert_eq(&rejects(&directory).join("\n"));
    assert_eq!(directory.rejects[1].cells, ["04", "   ", "nowhere", "", ""]);
    expect_test::expect![[r"
        locations.csv: 2 rows name an organization that was rejected; only locations that a service links to are kept.
        phones.csv: 1 row names another organization than the one that runs its service; the service was followed."]]
    .assert_eq(&directory.remarks.notes.join("\n"));
}

#[test]
fn pages_of_json_are_put_together() {
    let directory = read(&fixture("directory-hsds3-pages").into()).expect("a directory");
    assert_eq!(counts(&directory), [2, 2, 2, 0, 0, 1, 5, 9]);
    let harbour = listing(&directory, "o1");
    assert_eq!(
        (harbour.name.as_str(), harbour.email.as_deref()),
        ("Harbour Home Care", Some("desk@harbour.example"))
    );
    assert_eq!(
        harbour.description.as_deref(),
        Some("Kept  exactly\n"),
        "the second page fills what the first lacks"
    );
    assert_eq!(harbour.lists.phones[0].extension.as_deref(), Some("7"));
    assert_eq!(harbour.postal_code.as_deref(), Some("P1 1ER"));
    assert!(!service(&directory, "s1").active);
    assert_eq!(service(&directory, "s4").fees.as_deref(), Some("new"));
    expect_test::expect![[r"
        organizations-1.json at /contents/1: has no name
        services.json at /4: was already read as a service of another organization
        services.json at /0/phones/0: has no number
        services.json at /1: organization `o9` is in none of the documents
        services.json at /2: names no organization"]]
    .assert_eq(&rejects(&directory).join("\n"));
    expect_test::expect!["Organization `o1` is called `Harbour Home Care` and `Harbour`; the first is kept."]
        .assert_eq(&directory.remarks.notes.join("\n"));
}

#[test]
fn one_document_alone_is_read_too() {
    let directory = read(&fixture("directory-hsds3-pages/organizations-2.json").into()).expect("a directory");
    assert_eq!(counts(&directory)[..4], [1, 0, 2, 1]);
    assert_eq!(directory.remarks.notes, ["The pages speak of 3 organizations, but only 1 are here."]);
    let code = |name: &str| read(&fixture(name).into()).expect_err("nothing to read").code();
    assert_eq!(code("directory-hsds3-pages/taxonomy.json"), "import.empty");
    assert_eq!(code("directory-hsds3-pages/zz-note.txt"), "import.unrecognized");
    assert_eq!(code("directory-plain"), "import.unrecognized");
    assert_eq!(code("directory-none"), "file.unreadable");
}

#[test]
fn broken_json_names_the_place() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in [
        "{\"contents\": [{\"id\": \"o1\", \"na",
        "{\"id\": \"a\"} x",
        "[1, 2",
        "\"text\"",
        "{\"contents\": 3}",
    ] {
        std::fs::write(folder.path().join("page.json"), text).expect("written");
        let error = read(&folder.path().into()).expect_err("broken");
        assert_eq!(error.code(), "import.unreadable", "{text}");
        assert!(error.message().contains("line 1 column"), "{}", error.message());
    }
}

fn mapping(pairs: &[(&str, &str)]) -> Reading {
    let mapping = pairs.iter().map(|(field, header)| ((*field).to_owned(), (*header).to_owned())).collect();
    Reading { mapping, ..Reading::default() }
}

#[test]
fn a_plain_table_is_read_through_its_mapping() {
    let map = mapping(&[
        ("name", "Provider Name"),
        ("city", "Town"),
        ("postal_code", "Post Code"),
        ("address", "Street"),
        ("phone", "Telephone"),
        ("description", "Notes"),
    ]);
    let directory =
        read_providers(&fixture("directory-plain/providers.csv").into(), &map).expect("a directory");
    let names: Vec<_> =
        directory.listings.iter().map(|at| (at.line, at.name.as_str(), at.phone.as_deref())).collect();
    assert_eq!(
        names,
        [(2, "Bee Care", Some("0161 555")), (4, "Bee Care", None), (6, "=1+1 Care", Some("+44 20"))]
    );
    assert_eq!(directory.listings[0].source_id, "bee care | 00123 | 1 pier road");
    assert_eq!(directory.listings[1].description, None);
    assert_eq!(directory.listings[2].description.as_deref(), Some("NA but more"));
    assert_eq!(directory.listings[2].lists.addresses, []);
    expect_test::expect![[r#"
        providers.csv line 3: has the name, postal code and address of line 2; if the two differ, say which column tells them apart: --map id="…"
        providers.csv line 5: has no name
        providers.csv line 7: column `Provider Name` holds the control character U+0007"#]]
    .assert_eq(&rejects(&directory).join("\n"));
    assert_eq!(
        read_providers(&fixture("directory-plain/providers.csv").into(), &mapping(&[]))
            .expect_err("unmapped")
            .code(),
        "import.missing_column"
    );
}

#[test]
fn the_directory_of_baltimore_is_read_whole() {
    let Some(path) = real("hsds1-baltimore-icarol") else { return };
    let directory = read(&path.into()).expect("a directory");
    assert_eq!(counts(&directory), [748, 1875, 1847, 0, 5293, 3749, 394, 21_234]);
    let rejects = rejects(&directory);
    assert_eq!(rejects[0], "services.csv line 7662: names no location and no organization");
    assert_eq!(rejects.iter().filter(|at| at.starts_with("mail_addresses.csv line ")).count(), 393);
    assert_eq!(directory.listings.iter().filter(|at| at.services.is_empty()).count(), 38);
}

#[test]
fn the_other_real_directories_are_read_whole() {
    for (name, expected) in [
        ("hsds1-ohana-sanmateo-sample", [8, 23, 3, 0, 58, 44, 0, 486]),
        ("hsds3-spec/examples-csv", [1, 1, 0, 0, 1, 1, 0, 21]),
        ("hsds3-spec/examples", [1, 1, 1, 0, 1, 1, 0, 11]),
        ("hsds3-uk-mocks", [10, 1, 0, 0, 0, 1, 3, 19]),
        ("hsds3-spec/examples/service_full.json", [1, 1, 1, 0, 1, 1, 0, 1]),
        ("hsds3-spec/examples/organization_full.json", [1, 1, 1, 0, 1, 1, 0, 1]),
        ("hsds3-spec/examples/service_at_location_list.json", [1, 1, 0, 0, 0, 0, 0, 1]),
        ("hsds3-uk-mocks/organization_list.json", [10, 0, 0, 0, 0, 0, 0, 10]),
        ("hsds3-uk-mocks/service_at_location_full.json", [1, 1, 0, 0, 0, 1, 1, 1]),
    ] {
        let Some(path) = real(name) else { continue };
        assert_eq!(counts(&read(&path.into()).expect("a directory")), expected, "{name}");
    }
}

#[test]
fn real_tables_of_providers_are_read_whole() {
    let hospice = [("id", "provider id"), ("postal_code", "zip"), ("region", "state")];
    let ccn = "CMS Certification Number (CCN)";
    let agencies =
        [("id", ccn), ("name", "Provider Name"), ("postal_code", "ZIP Code"), ("phone", "Telephone Number")];
    let homes = [("id", "cqc_id"), ("postal_code", "postcode"), ("phone", "telephone"), ("url", "website")];
    for (name, map, expected) in [
        ("providers-cms-hospice-2014/hospices_export.csv", &hospice[..], [4504, 0, 0, 4504]),
        ("providers-cms-homehealth-subset/target_agencies.csv", &agencies[..], [100, 0, 94, 100]),
        ("providers-cqc-trafford/trafford_care_homes.csv", &homes[..], [56, 0, 54, 56]),
    ] {
        let Some(path) = real(name) else { continue };
        let directory = read_providers(&path.into(), &mapping(map)).expect("a directory");
        let [listings, services, phones, addresses, ..] = counts(&directory);
        assert_eq!([listings, services, phones, addresses], expected, "{name}");
        assert_eq!(rejects(&directory), [""; 0], "{name}");
        assert!(directory.listings.iter().all(|at| at.phone.as_deref() != Some("NA")), "{name}");
    }
}

#[test]
fn what_json_has_besides_is_kept_and_the_rest_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("services.json");
    let document = serde_json::json!({"contents": [{
        "id": "s1", "name": "Meals", "status": "active", "email": null, "assured_date": "2026-01-01", "keywords": ["a", "b"],
        "organization": {"id": "o1", "name": "Elder Trust", "year_incorporated": 1990, "uri": "", "logo": []},
        "phones": [{"number": "1", "languages": [{"name": "Welsh"}], "service_id": "s1"}, "2"],
        "languages": "English, Welsh",
        "schedules": [{"byday": "MO", "timezone": 60}],
        "cost_options": [{"amount": 5, "valid_from": "2026-01-01"}],
        "attributes": [
            {"link_id": "s1", "value": "hot", "taxonomy_term": {"name": "Food", "version": "2"}},
            {"taxonomy_term_id": "7"}
        ],
        "service_at_locations": [{"description": "upstairs", "location": {"id": "l1", "name": "Hall", "latitude": 1.5}}],
        "metadata": [{"id": "m1"}, {"id": "m2"}]
    }, {"taxonomy": "x"}]});
    std::fs::write(&path, document.to_string()).expect("a file");
    let directory = read(&path.as_path().into()).expect("a directory");
    assert_eq!(rejects(&directory), [""; 0]);
    let left: Vec<String> =
        directory.remarks.not_kept.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    assert_eq!(left, ["other things 1"]);
    let [listing] = directory.listings.as_slice() else { panic!("one organization") };
    let of_service = listing.services.iter().flat_map(|service| &service.lists.remainders);
    let kept: Vec<String> = listing.lists.remainders.iter().chain(of_service).map(kept).collect();
    expect_test::expect![[r#"
        organization: {"logo":null,"uri":null,"year_incorporated":"1990"}
        attribute of a list: {"value":"hot"}
        attribute of a list: {"taxonomy_term_id":"7"}
        cost_option of a list: {"valid_from":"2026-01-01"}
        location of a list: {"latitude":"1.5","name":"Hall"}
        phone of a list: {"languages":[{"name":"Welsh"}]}
        schedule of a list: {"timezone":"60"}
        service: {"assured_date":"2026-01-01","keywords":["a","b"],"phones":["2"],"status":null}
        service_at_location: {"description":"upstairs"}"#]]
    .assert_eq(&kept.join("\n"));
}

#[test]
fn what_would_be_too_much_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("organizations.json");
    let one = |number: usize, length: usize| {
        let logo = "x".repeat(length);
        serde_json::json!({"id": number, "name": "Oak", "website": "oak.example", "logo": logo, "uri": "oak"})
    };
    let document: Vec<_> =
        (0..120).map(|number| one(number, if number == 0 { 300 << 10 } else { 250 << 10 })).collect();
    std::fs::write(&path, serde_json::Value::from(document).to_string()).expect("a file");
    let directory = read(&path.as_path().into()).expect("a directory");
    let all = || directory.listings.iter().flat_map(|at| &at.lists.remainders);
    let bytes: usize = all().map(|one| one.content.len()).sum();
    assert!(bytes <= 24 << 20 && bytes > 20 << 20, "{bytes}");
    assert_eq!(
        all().filter(|one| one.content.contains("\"uri\"")).count(),
        120,
        "what is small beside it is kept"
    );
    let left = all().filter(|one| !one.content.contains("\"logo\"")).count() as u64;
    assert!(left > 20, "{left}");
    assert_eq!(directory.remarks.not_kept, [("organization.logo".to_owned(), left)].into());
}

fn kept(one: &Remainder) -> String {
    let entry = if one.entry.is_some() { " of a list" } else { "" };
    format!("{}{entry}: {}", one.entity, one.content)
}
