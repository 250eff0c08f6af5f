//! Real directories, in and out and in again: nothing changes, and what is not kept is counted (rules 5.2, 5.4).

use serde_json::Value;

use crate::world::{Engine, World, real};

/// Where they are, and what has to be said of their columns.
const DIRECTORIES: [(&str, &str); 9] = [
    ("hsds1-baltimore-icarol", ""),
    ("hsds1-ohana-sanmateo-sample", ""),
    ("hsds3-spec/examples-csv", ""),
    ("hsds3-spec/examples", ""),
    ("hsds3-uk-mocks", ""),
    (
        "providers-cqc-trafford/trafford_care_homes.csv",
        "--map id=cqc_id --map postal_code=postcode --map phone=telephone --map url=website",
    ),
    (
        "providers-cms-homehealth-subset/target_agencies.csv",
        "--map 'id=CMS Certification Number (CCN)' --map 'name=Provider Name' --map address=Address --map city=City/Town \
         --map region=State --map 'postal_code=ZIP Code' --map 'phone=Telephone Number'",
    ),
    (
        "providers-cms-hospice-2014/hospices_export.csv",
        "--map 'id=provider id' --map region=state --map postal_code=zip",
    ),
    ("synthea-csv-28/organizations.csv", ""),
];

both_engines!(real_directories_come_in_again, |world| {
    world.ok("init");
    let mut found = 0;
    // What differs between the engines is in any of them.
    let every = if world.engine() == Engine::Sqlite { 1 } else { 3 };
    for (place, options) in DIRECTORIES.into_iter().skip(every - 1).step_by(every) {
        // `real` says aloud which of them is absent; the others are tried all the same.
        let Some(path) = real(place) else { continue };
        let line = format!("provider import {} --source '{place}' --keep-going {options}", path.display());
        let first = counts(world, &line);
        let again = counts(world, &line);
        assert_eq!([&again["created"], &again["updated"]], [0, 0], "{place}: {again}");
        assert_eq!(again["unchanged"], first["created"], "{place}");
        assert_eq!(
            [&again["rejected"], &again["not_kept"]],
            [&first["rejected"], &first["not_kept"]],
            "{place}"
        );
        found += first["created"].as_u64().unwrap();
    }
    if found == 0 {
        return;
    }
    for noun in ["provider", "resource"] {
        for format in ["csv", "json", "xlsx"] {
            world.ok(&format!("{noun} list -o {format} --out list --overwrite"));
            let again = world.json(&format!("{noun} import list --strict"));
            assert_eq!(again["read"], again["unchanged"], "{noun} as {format}: {again}");
            assert!(again["read"].as_u64().unwrap() >= found, "{noun} as {format}: {again}");
        }
    }
    world.ok("audit verify");
});

/// Of an import of which rows may be rejected.
fn counts(world: &World, line: &str) -> Value {
    let done = world.run(&format!("{line} -o json"));
    assert!([0, 9].contains(&done.status), "{line}: {}", done.stderr);
    serde_json::from_str(&done.stdout).unwrap()
}
