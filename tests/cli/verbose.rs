//! `-v`: which statements a command runs, how long each takes and, twice, which indexes it uses.

use serde_json::Value;

use crate::town::settle;
use crate::world::{Engine, World};

fn statements(world: &World, line: &str) -> Vec<String> {
    let answer = world.run(line);
    assert_eq!(answer.status, 0, "{answer:?}");
    answer.stderr.lines().map(str::to_owned).collect()
}

// Rule 7.23.
both_engines!(each_statement_is_named_with_its_time, |world| {
    settle(world);
    assert!(statements(world, "client list").is_empty(), "not unasked");
    let lines = statements(world, "client list -v");
    let is_statement = |line: &String| line.starts_with("statement: ") && line.ends_with(" ms");
    assert!(lines.iter().all(is_statement), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("statement: client/list, 2 rows in ")), "{lines:?}");
    let lines = statements(world, "client create --given Cy --family Moss -v");
    assert!(lines.iter().any(|line| line.starts_with("statement: client/insert, 1 row in ")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("statement: commit in ")), "{lines:?}");
    let lines = statements(world, "client create --given Dee --family Moss -v --dry-run");
    assert!(!lines.iter().any(|line| line.starts_with("statement: commit")), "{lines:?}");
    let lines = statements(world, "client list -v -o json");
    let first: Value = serde_json::from_str(&lines[0]).unwrap();
    assert!(first["statement"]["milliseconds"].is_f64() && first["statement"]["name"].is_string(), "{first}");
    let answer = world.run("-v client show nothing-like-it");
    assert!(answer.stderr.contains("\ncode: client.not_found\n"), "{answer:?}");
});

both_engines!(the_plan_says_which_index_and_no_value, |world| {
    settle(world);
    world.ok("client create --given Quirinus --family Zabel --phone '01632 960777' --id secret-7");
    let code = world.json("client list --name quirinus")[0]["code"].as_str().unwrap().to_owned();
    for line in [
        "client list --name quirinus",
        "find 01632 960777",
        "client show secret-7",
        "client edit secret-7 --family Zabelsky",
        "package list --since 2026-11-01",
        "client enroll secret-7 acme",
    ] {
        let answer = world.run(&format!("-vv {line}"));
        let lower = answer.stderr.to_lowercase();
        let plans = lower.lines().filter(|line| line.starts_with("  plan: ")).count();
        assert!(plans > 0 || answer.status == 2, "{line}: {answer:?}");
        for secret in ["quirinus", "zabel", "960777", "777069", "secret-7", &code.to_lowercase()] {
            let said = lower.lines().find(|line| {
                (line.starts_with("statement") || line.starts_with("  plan")) && line.contains(secret)
            });
            assert_eq!(said, None, "{line} tells `{secret}`");
        }
    }
    if world.engine() == Engine::Sqlite {
        let lines = statements(world, "client list --name quirinus -vv");
        assert!(lines.iter().any(|line| line.contains("INDEX client_name_key_id")), "{lines:?}");
    }
});
