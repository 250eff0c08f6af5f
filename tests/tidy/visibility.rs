//! Who sees what is said by a type of its own, and ids say what they are of.

use super::{report, sources, uses};

#[test]
fn nothing_but_a_visibility_limits_what_is_seen() {
    let mut found = uses(&["visibility: Option<", "viewer: Option<Id<", "sight: "], &[]);
    for source in sources() {
        let code = source.code();
        let derives = code.split("#[derive(").skip(1).filter_map(|rest| rest.split_once(")]"));
        for (traits, item) in derives.filter(|(traits, _)| traits.contains("Default")) {
            let declared = item.trim_start().split('\n').next().unwrap_or_default();
            let body = item.split("\n}").next().unwrap_or_default();
            if declared.contains("enum Visibility") || body.contains("visibility:") {
                found.push(format!("{}: `{declared}` derives {traits}", source.path));
            }
        }
        found.extend(
            ["Visibility", "Scope", "Viewer"]
                .iter()
                .filter(|name| code.contains(&format!("impl Default for {name}")))
                .map(|name| format!("{}: {name} has a default", source.path)),
        );
    }
    report(
        found,
        "take a `Visibility`, which has no default: a query that is not told whose eyes it is for shows all",
    );
}

#[test]
fn ids_say_what_they_are_of() {
    let raw = ["src/id.rs", "src/db/value.rs", "src/db/copy/", "src/model/code.rs", "src/context/keys.rs"];
    let found = uses(&["Uuid", "uuid::"], &[]);
    report(
        found.into_iter().filter(|place| !raw.iter().any(|file| place.starts_with(file))),
        "use an id of src/model/id.rs",
    );
}
