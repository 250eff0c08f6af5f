//! What a list writes is imported again (rule 5.4): into the same database, where nothing changes, and into another, which
//! then writes the same list.

use crate::world::World;

/// Every format that a list has and an import reads.
const FORMATS: [&str; 6] = ["-o csv", "-o csv --for excel", "-o tsv", "-o json", "-o jsonl", "-o xlsx"];

/// Nothing changes where all of it is there already.
pub fn changes_nothing(world: &World, list: &str, import: &str, rows: u64) {
    for options in FORMATS {
        world.ok(&format!("{list} {options} --out again --overwrite"));
        let counts = world.json(&format!("{import} again --strict"));
        assert_eq!((&counts["read"], &counts["unchanged"]), (&rows.into(), &rows.into()), "{list} {options}");
    }
}

/// A hub that `begin` makes anew comes to the same list from what `full` writes, in whatever format; `columns` are those
/// that are compared.
pub fn makes_the_same(
    full: &World, begin: impl Fn(&World), list: &str, import: &str, columns: &str, formats: &[&str],
) {
    // Rows of one day may stand in another order.
    let same = |world: &World| {
        let mut rows: Vec<String> =
            world.ok(&format!("{list} --columns {columns} -o jsonl")).lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    for options in formats {
        let other = World::new(full.engine());
        begin(&other);
        full.ok(&format!("{list} {options} --out list --overwrite"));
        std::fs::copy(full.path("list"), other.path("list")).unwrap();
        other.ok(&format!("{import} list"));
        assert_eq!(same(&other), same(full), "{options}");
    }
}
