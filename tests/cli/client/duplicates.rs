//! Clients who may be one person: scored, explained, and left alone (rule 5.7).

use std::fmt::Write as _;

use expect_test::expect;

use crate::town;

both_engines!(who_may_be_one_person_is_listed_with_the_reasons, |world| {
    world.ok("init");
    world.write(
        "people.csv",
        "id,given,family,birth_date,postal_code,former_names,status\n\
         1,Ada,Brook,1941-03-02,AB1 2CD,,\n2,A.,Brook,1941-02-03,ab1 2cd,,\n3,Zoe,Brook,1941-03-02,AB1 2CD,,\n\
         4,Ben,Lowe,,,Ben Crane,\n5,Ben,Crane,1950-05-05,,,inactive\n6,Cem,Dune,1960-06-06,,,\n7,Cem,Dune,1933-03-03,,,\n\
         8,Łukasz,Wójcik,,,,\n9,lukasz,wojcik,,,,\n",
    );
    world.ok("client import people.csv");
    for (client, number) in [("1", "01632 960123"), ("2", "+44 1632 960123"), ("4", "999"), ("6", "999")] {
        world.ok(&format!("contact create --client {client} --phone '{number}'"));
    }
    let before = town::dump(world);
    world.story(expect![[r#"
        $ caredesk client duplicates
        95 of 100  CLI-0FGPME (Ada Brook) and CLI-M39GAH (A. Brook)
                   · an initial of the given name: A., Ada
                   · the same family name: Brook
                   · birth dates with day and month swapped: 1941-02-03, 1941-03-02
                   · the same phone: +44 1632 960123
                   · the same postal code: ab1 2cd
                   $ caredesk client merge CLI-M39GAH --into CLI-0FGPME
        45 of 100  CLI-4DHYWN (Ben Lowe) and CLI-64M0G0 (Ben Crane)
                   · a former name: Ben Lowe, Ben Crane
                   $ caredesk client merge CLI-64M0G0 --into CLI-4DHYWN
        45 of 100  CLI-G5HYFJ (Łukasz Wójcik) and CLI-HN85T9 (lukasz wojcik)
                   · the same name: Łukasz Wójcik
                   $ caredesk client merge CLI-HN85T9 --into CLI-G5HYFJ
        $ caredesk client duplicates --least 60 --limit 1 -o json
        [
        {"score":95,"code":"CLI-0FGPME","name":"Ada Brook","other":"CLI-M39GAH","other_name":"A. Brook","reasons":["an initial of the given name: A., Ada","the same family name: Brook","birth dates with day and month swapped: 1941-02-03, 1941-03-02","the same phone: +44 1632 960123","the same postal code: ab1 2cd"],"command":"caredesk client merge CLI-M39GAH --into CLI-0FGPME"}
        ]
        $ caredesk client duplicates --least 101
        2> note: nothing looks as if it were there twice
        $ caredesk client duplicates --least 50 -o csv --columns score,code,other
        score,code,other
        95,CLI-0FGPME,CLI-M39GAH
    "#]]);
    assert!(town::dump(world) == before, "it only looks");
    world.ok("account create eve --name Eve --level provider-portal");
    world.as_user("eve");
    assert_eq!(world.ok("client duplicates -o json"), "[]\n");
});

#[test]
fn many_clients_are_compared_by_what_they_share() {
    let world = crate::world::World::new(crate::world::Engine::Sqlite);
    world.ok("init");
    let mut text = "id,given,family,birth_date,postal_code\n".to_owned();
    for number in 0_u32..5_000 {
        let (year, month, day) = (1920 + number % 80, 1 + number / 80 % 12, 1 + number / 960 % 28);
        let (given, family) = (number.wrapping_mul(2_654_435_761) % 700, number.wrapping_mul(40_503) % 9_001);
        let _ = writeln!(text, "{number},G{given},F{family},{year}-{month:02}-{day:02},P{}", number % 3_000);
    }
    let _ = writeln!(text, "x,Zenobia,Quill,1941-03-02,\ny,Z,Quill,1941-02-03,");
    world.write("many.csv", text);
    world.ok("client import many.csv");
    let found = world.json("client duplicates --least 60");
    let names: Vec<&str> =
        found.as_array().unwrap().iter().filter_map(|pair| pair["name"].as_str()).collect();
    assert_eq!(names, ["Zenobia Quill"]);
}
