//! A batch is what its lines are one by one, and leaves nothing where it does not stand.

use crate::town::{dump, settle};
use crate::world::{Engine, World, tell};

/// Changes of many kinds, of which some are refused, in a town of its own.
fn lines(random: &mut fastrand::Rng) -> Vec<String> {
    let providers = ["acme", "birch", "cedar", "nobody"];
    let provider = |random: &mut fastrand::Rng| providers[random.usize(..providers.len())];
    (0..12)
        .map(|number| match random.u8(..7) {
            0 => format!("provider create 'New {}'", random.u8(..4)),
            1 => format!("provider edit {} --phone {number}", provider(random)),
            2 => format!("account create login{} --name 'A {number}' --level trainee", random.u8(..4)),
            3 => format!("capacity set {} {number}", provider(random)),
            4 => format!(
                "outsource create REF-00000A --all-visits --provider {} {} --reference r{}",
                provider(random),
                provider(random),
                random.u8(..2)
            ),
            5 => format!("package respond r{} --provider {} --accept", random.u8(..2), provider(random)),
            _ => "client create --given Ada --family Moss --even-so".to_owned(),
        })
        .collect()
}

/// Everything that is stored but for what is random or an instant: the actions of the trail, and how many rows there are.
fn essence(world: &World) -> (Vec<String>, Vec<(String, usize)>) {
    let trail = "SELECT action FROM audit ORDER BY sequence";
    let actions = world.sql(trail).into_iter().flatten().flatten().collect();
    (actions, dump(world).into_iter().map(|(name, rows)| (name, rows.len())).collect())
}

fn same(engine: Engine, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let lines = lines(&mut fastrand::Rng::with_seed(seed));
        let (single, batch) = (World::new(engine), World::new(engine));
        [&single, &batch].into_iter().for_each(settle);
        let statuses: Vec<i32> = lines.iter().map(|line| single.run(line).status).collect();
        batch.write("lines.txt", lines.join("\n"));
        // What is tried leaves nothing, and says what would be.
        let before = dump(&batch);
        let tried = batch.run("--dry-run batch lines.txt --keep-going -o csv --columns line,exit,result");
        assert_eq!(dump(&batch), before, "{lines:?}");
        let answer = batch.run("batch lines.txt");
        let first = statuses.iter().copied().find(|status| *status != 0);
        assert_eq!(answer.status, first.unwrap_or(0), "{lines:?}: {answer:?}");
        if first.is_some() {
            assert_eq!((dump(&batch) == before, answer.stdout.as_str()), (true, ""), "{lines:?}");
            let answer = batch.run("batch lines.txt --keep-going -o csv --columns line,exit,result");
            assert_eq!((&answer.stdout, answer.status), (&tried.stdout, tried.status), "{lines:?}");
            let found: Vec<i32> = answer
                .stdout
                .lines()
                .skip(1)
                .map(|row| row.split(',').nth(1).unwrap().parse().unwrap())
                .collect();
            assert_eq!(found, statuses, "{lines:?}");
            let (mut actions, mut rows) = essence(&batch);
            let (others, other_rows) = essence(&single);
            assert_eq!(
                (std::mem::take(&mut actions), std::mem::take(&mut rows)),
                (others, other_rows),
                "{lines:?}"
            );
        }
        batch.ok("audit verify");
    }
}

// Rules 7.10, 7.11, 7.14.
#[test]
fn a_batch_does_what_its_lines_do_on_sqlite() {
    tell(Engine::Sqlite, "batch::a_batch_does_what_its_lines_do_on_sqlite", |_| same(Engine::Sqlite, 0..6));
}

#[test]
fn a_batch_does_what_its_lines_do_on_postgres() {
    tell(Engine::Postgres, "batch::a_batch_does_what_its_lines_do_on_postgres", |_| {
        same(Engine::Postgres, 6..9);
    });
}
