//! What a workbook of a list is made of: types, times of the hub, a heading that stays; no JSON and no UTC. And the lists of
//! providers, accounts and clients, imported again.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::unzipped;
use crate::own_list;
use crate::tables;
use crate::world::{Engine, World};

/// Every list as the transcripts of tables show it, which are checked to be all.
fn lists() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("../tables/lists.rs").lines();
    lines.filter_map(|line| line.trim().strip_prefix("$ caredesk ")).filter(|line| !line.contains(" -o "))
}

// Rule 5.4.
#[test]
fn no_cell_made_for_a_spreadsheet_holds_json_or_utc() {
    let world = World::new(Engine::Sqlite);
    tables::settle(&world);
    world.write("people.csv", "id,given,family\n1,Ida,Fox\n");
    world.ok("client import people.csv --source county");
    tables::count_codes(&world);
    let (mut moments, mut days, mut numbers) = (0, 0, 0);
    for line in lists() {
        world.ok(&format!("{line} -o xlsx --out list.xlsx --overwrite"));
        let bytes = std::fs::read(world.path("list.xlsx")).unwrap();
        let parts = unzipped(&bytes);
        let sheet = parts.iter().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
        let xml = String::from_utf8_lossy(&sheet.1);
        assert!(xml.contains("state=\"frozen\"") && xml.contains("<autoFilter"), "{line}: {xml}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        for (row, column, cell) in range.used_cells() {
            match cell {
                Data::String(text) => {
                    must_be_for_people(text, &format!("{line}, row {row}, column {column}"));
                }
                Data::DateTime(at) if at.as_f64().fract() == 0.0 => days += 1,
                Data::DateTime(_) => moments += 1,
                Data::Float(_) | Data::Int(_) => numbers += 1,
                _ => {}
            }
        }
        let text = world.ok(&format!("{line} -o csv --for excel"));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records() {
            record.unwrap().iter().for_each(|cell| must_be_for_people(cell, &format!("{line} for excel")));
        }
    }
    assert!(moments > 5 && days > 5 && numbers > 5, "{moments} moments, {days} days, {numbers} numbers");
}

fn must_be_for_people(text: &str, place: &str) {
    let is_json = text.starts_with(['[', '{']) && serde_json::from_str::<serde_json::Value>(text).is_ok();
    let is_instant = text.ends_with('Z') && text.parse::<chrono::DateTime<chrono::Utc>>().is_ok();
    assert!(!is_json && !is_instant, "{place}: {text}");
}

// Rule 5.4. One line for each list.
both_engines!(own_lists_change_nothing, |world| {
    settle(world);
    for (noun, rows) in [("account", 3), ("client", 4), ("provider", 3)] {
        own_list::changes_nothing(world, &format!("{noun} list"), &format!("{noun} import"), rows);
    }
});

/// A hub of its own, with clients of several sources and of none (rule 5.1).
fn settle(world: &World) {
    world.ok("init");
    world.ok("provider create 'Oak House' --email office@oak.example --phone '01632 960142' --postal-code 'N1 9ZZ'");
    world.ok("provider create 'Ash House'");
    world.ok("provider deactivate ash --yes");
    world.write("elm.csv", "id,name,phone,city\n007,Elm,01632 960100,\"=Town\"\n");
    world.ok("provider import elm.csv --source county");
    world.write(
        "b.csv",
        "id,given,family,deceased,former_names\n007,Bo,=Moss,2020-01-01,\"Bo Ash; Bo Elm\"\n",
    );
    world.ok("client import b.csv --source s1");
    world.write("c.csv", "id,given,family,birth_date\n008,Cy,Ny,1950-06-01\n");
    world.ok("client import c.csv --source s2");
    world.ok("client create --given Ada --family Moss --id 4711");
    world.ok("client create --given Di --family Vale");
    world.ok("account create rosa --name Rosa --level provider-portal --resource oak --can respond-packages --can edit-capacity");
    world.ok("account create tom --name Tom --level trainee --email tom@hub.example");
    world.ok("account disable tom --yes");
}

// Rules 5.1, 5.4: providers are known by their source or their code, and a code that is of another here is noticed.
both_engines!(a_list_of_providers_makes_the_same_elsewhere, |world| {
    settle(world);
    let columns = "name,email,phone,postal_code,active,source,source_id";
    let begin = |other: &World| {
        other.ok("init");
        other.write("elm.csv", "id,name,phone\n007,Elm,01632 960199\n");
        other.ok("provider import elm.csv --source county");
    };
    let formats = ["-o csv", "-o xlsx", "-o jsonl"];
    own_list::makes_the_same(world, begin, "provider list", "provider import", columns, &formats);
    let oak = world.json("provider show oak")["code"].as_str().unwrap().to_owned();
    world.write("strange.csv", format!("code,name\n{oak},Thistle\n"));
    let strange = world.run("provider import strange.csv");
    assert_eq!(strange.status, 5);
    assert!(
        strange.stderr.contains("is `Oak House` here, and in the list it is `Thistle`"),
        "{}",
        strange.stderr
    );
    // The codes of others are columns like any other.
    world.write("theirs.csv", "code,source_id,name\nA1,7,Reed House\n");
    for counted in ["created", "unchanged"] {
        assert_eq!(world.json("provider import theirs.csv --source theirs")[counted], 1);
    }
    world.write("mixed.csv", format!("code,name\n{oak},Oak House\nA1,Reed House\n"));
    let mixed = world.run("provider import mixed.csv");
    assert!(mixed.stderr.contains("`A1` is no code of a provider"), "{}", mixed.stderr);
    world.write(
        "mended.csv",
        format!("code,name,phone,active\n{oak},Oak House Care,,no\n,New House,01632 960111,\n"),
    );
    let counts = world.json("provider import mended.csv");
    assert_eq!(
        (&counts["created"], &counts["updated"], &counts["cleared"]["phone"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(world.json(&format!("provider show {oak}"))["name"], "Oak House Care");
    assert_eq!(world.json("resource find 'new house'").as_array().unwrap().len(), 1);
});

// Rule 5.4: a list is of this hub, so its rows are known by their codes, and what is mended in it is changed.
both_engines!(a_mended_list_of_clients_changes_who_is_meant, |world| {
    settle(world);
    let list = world.ok("client list -o csv");
    world.write("list.csv", list.replace("Vale", "Vale-Ash").replace("Ny", "Nye"));
    let counts = world.json("client import list.csv");
    assert_eq!((&counts["updated"], &counts["unchanged"]), (&2.into(), &2.into()), "{counts}");
    assert_eq!(world.json("client list").as_array().unwrap().len(), 4);
    world.write("strange.csv", list.replace("CLI-", "CLX-"));
    assert_eq!(world.run("client import strange.csv").status, 2, "none is known, and no source is named");
    let columns = "given,family,birth_date,postal_code,id,status,since_on";
    own_list::makes_the_same(
        world,
        |other| drop(other.ok("init")),
        "client list",
        "client import",
        columns,
        &["-o csv", "-o xlsx"],
    );
});
