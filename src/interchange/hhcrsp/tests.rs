//! What is read from home-care instances, and what is refused.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use expect_test::expect;

use super::visits;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
fn an_instance_gives_its_visits() {
    let instance = visits(&fixture("hhcrsp/small.json").into()).unwrap();
    let mut text = String::new();
    for visit in &instance.visits {
        writeln!(
            text,
            "{} {} {} {} {}",
            visit.patient, visit.service, visit.start_minute, visit.duration_minutes, visit.source_id
        )
        .unwrap();
    }
    for reject in &instance.rejects {
        writeln!(text, "reject {}: {}", reject.place, reject.reason).unwrap();
    }
    expect![[r#"
        p0 s1 101 30 small/p0/s1/1
        p1 s1 346 25 small/p1/s1/1
        p2 s1 60 15 small/p2/s1/1
        p2 s2 60 20 small/p2/s2/2
        p3 s2 60 15 small/p3/s2/1
        p3 s2 90 20 small/p3/s2/2
        reject patient `p4`, visit 1: service `s9` is not in the instance
        reject patient `p5`, visit 1: neither the visit nor service `s2` has a duration
        reject patient `p6`: time_window `[-5,90]` does not open within the day or closes before it opens
        reject patient `p7`: time_window `"early"` is not a number
        reject patient `p8`, visit 1: duration `0` is not between 1 minute and a day
        reject patient `p9`: two caregivers are required without a `synchronization`
        reject patient `p0`: the `id` was already used
        reject patient number 12: the patient has no `id`
        reject patient `p10`: distance `[30,45]` does not lead to a second visit on the same day
    "#]]
    .assert_eq(&text);
}

#[test]
fn a_solution_is_refused_as_one() {
    let error = visits(&fixture("hhcrsp/solution.json").into()).unwrap_err();
    assert_eq!(error.code(), "import.is_solution");
    assert!(error.message().contains("is a solution, the routes of caregivers"), "{error}");
}

#[test]
fn other_json_is_refused() {
    assert_eq!(visits(&fixture("fhir/bundle.json").into()).unwrap_err().code(), "import.not_instance");
}

#[test]
fn published_instances_are_read_whole() {
    let given = std::env::var_os("CAREDESK_TEST_DATA").map(PathBuf::from);
    let data = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    let root = data.join("visits-hhcrsp");
    if !root.is_dir() {
        // Written past the capture of the test runner, so that the skip is visible.
        let _ = writeln!(
            io::stderr(),
            "SKIPPED published_instances_are_read_whole: there is no folder {}",
            root.display()
        );
        return;
    }
    let (mut patients, mut count, mut ids) = (0, 0, HashSet::new());
    let folders = ["Italian", "extended-small", "mankowska"];
    for file in folders.iter().flat_map(|folder| files(&root.join(folder))).chain([root.join("toy.json")]) {
        let instance = visits(&file.clone().into()).unwrap();
        assert_eq!(instance.rejects, [], "{}", file.display());
        patients += instance.visits.iter().map(|visit| &visit.patient).collect::<HashSet<_>>().len();
        count += instance.visits.len();
        ids.extend(instance.visits.into_iter().map(|visit| visit.source_id));
    }
    assert_eq!((patients, count, ids.len()), (279, 377, 377));
    for file in files(&root.join("solutions")) {
        assert_eq!(
            visits(&file.clone().into()).unwrap_err().code(),
            "import.is_solution",
            "{}",
            file.display()
        );
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect()
}
