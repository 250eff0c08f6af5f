//! `referral list` and its filters.

use serde_json::{Value, json};

use super::open_the_portal;
use crate::town::refusal;

/// An option of `referral list`, and what it keeps of the whole list.
type Choice = (&'static str, Box<dyn Fn(&Value) -> bool>);

both_engines!(every_filter_finds_what_the_whole_list_has, |world| {
    open_the_portal(world);
    for (number, (queue, resource)) in
        [("Home care", "birch"), ("meals", "acme"), ("meals", "RES-00000P"), ("Home care", "acme")]
            .into_iter()
            .cycle()
            .take(12)
            .enumerate()
    {
        let client = if number % 3 == 0 { "--client CLI-00000B" } else { "--contact 20417" };
        let made = world.ok(&format!("-q referral create --queue '{queue}' {client} --resource {resource}"));
        match number % 4 {
            0 => drop(world.ok(&format!("referral unassign {made}"))),
            1 => drop(world.ok(&format!("referral set-status {made} Visited"))),
            2 => drop(world.ok(&format!("referral set-status {made} Done"))),
            _ => {}
        }
    }
    let all = world.json("referral list");
    let codes = |list: &Value, wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let found = list.as_array().unwrap().iter().filter(|referral| wanted(referral));
        found.map(|referral| referral["code"].as_str().unwrap().to_owned()).collect()
    };
    let is = |key: &'static str, value: Value| move |referral: &Value| referral[key] == value;
    let filters: Vec<Choice> = vec![
        ("--queue meals", Box::new(is("queue", json!("Meals")))),
        ("--status new", Box::new(is("status", json!("New")))),
        ("--open", Box::new(is("closed", json!(false)))),
        ("--unassigned", Box::new(is("resource", Value::Null))),
        ("--resource 'Acme Meals'", Box::new(is("resource_name", json!("Acme Meals")))),
        ("--provider acme", Box::new(is("provider_name", json!("Acme Care")))),
        ("--client CLI-00000B", Box::new(is("client", json!("CLI-00000B")))),
        ("--contact 20417", Box::new(is("contact_number", json!("20417")))),
    ];
    for (one, is_one) in &filters {
        for (other, is_other) in &filters {
            if [*one, *other].contains(&"--unassigned")
                && (one.contains("--re")
                    || one.contains("--p")
                    || other.contains("--re")
                    || other.contains("--p"))
                || one.split(' ').next() == other.split(' ').next() && one != other
            {
                continue;
            }
            let options = if one == other { (*one).to_owned() } else { format!("{one} {other}") };
            let expected = codes(&all, &|referral| is_one(referral) && is_other(referral));
            assert_eq!(
                codes(&world.json(&format!("referral list {options}")), &|_| true),
                expected,
                "{options}"
            );
            if let [_, second, rest @ ..] = expected.as_slice() {
                let rest: Vec<&String> = rest.iter().take(2).collect();
                let paged = world.json(&format!("referral list {options} --after {second} --limit 2"));
                assert_eq!(codes(&paged, &|_| true).iter().collect::<Vec<_>>(), rest, "{options}");
            }
        }
    }
    let expected = codes(&all, &|referral| {
        ["Acme Care", "Birch Homecare"].iter().any(|name| referral["provider_name"] == *name)
    });
    world.as_user("both");
    assert_eq!(codes(&world.json("referral list"), &|_| true), expected);
    assert_eq!(codes(&world.json("referral list --limit 3"), &|_| true), expected[..3]);
    assert_eq!(refusal(world, "referral list --contact 20417").0, 3);
});
