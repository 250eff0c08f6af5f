//! `resource find`: by words, by what a directory says, by nearness; and what a later file of the directory leaves alone.

use expect_test::expect;

const CATALOGUE: &str = r#"[
    {"id": "o1", "name": "Harbour Home Care", "services": [
        {"id": "s1", "name": "Hot Meals", "description": "Meals on wheels, also on Sundays",
            "languages": [{"name": "Urdu", "code": "ur"}],
            "service_areas": [{"name": "Old Town"}],
            "attributes": [{"taxonomy_term": {"code": "BD-5000", "name": "Home Delivered Meals", "taxonomy": "211"}}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO,SA", "opens_at": "09:00", "closes_at": "17:00:00"}],
            "contacts": [{"name": "Ann Fell", "title": "Cook", "phones": [{"number": "0161 555"}]}],
            "minimum_age": 60, "required_documents": [{"document": "A letter of the council"}],
            "cost_options": [{"amount": 4, "currency": "gbp", "amount_description": "a meal"}],
            "service_at_locations": [{"location": {"id": "l1", "latitude": 53.45, "longitude": -2.25,
                "transportation": "Bus 42", "accessibility": [{"description": "Ramp"}],
                "addresses": [{"address_1": "1 Pier Road", "city": "Salton", "postal_code": "M1 1AA"}]}}]},
        {"id": "s2", "name": "Night Sitting", "status": "inactive"}]},
    {"id": "o2", "name": "Willow Lane Care", "services": [
        {"id": "s3", "name": "Day Centre", "description": "Lunch, meals and company",
            "service_at_locations": [{"location": {"id": "l2", "latitude": 53.55, "longitude": -2.25,
                "addresses": [{"address_1": "2 Lane", "city": "Norton", "postal_code": "OL1 4BB"}]}}]}]}
]"#;

// Rule 5.2.
both_engines!(a_directory_is_kept_whole_and_searched, |world| {
    world.ok("init");
    world.write("all.json", CATALOGUE);
    world.ok("provider import all.json --source county");
    world.story(expect![[r#"
        $ caredesk resource show 'Hot Meals'
        Hot Meals (RES-4DHYWN), program
        provider       Harbour Home Care (PRV-0FGPME)
        state          active
        description    Meals on wheels, also on Sundays
        phones         0161 555
        addresses      1 Pier Road, Salton M1 1AA
        open           Mon Sat 09:00-17:00
        contacts       Ann Fell, Cook
        category       Home Delivered Meals (BD-5000), 211
        area           Old Town
        language       Urdu (ur)
        accessibility  Ramp
        age            60 and over
        document       A letter of the council
        cost           4 GBP a meal
        transport      Bus 42
        $ caredesk provider show 'Willow Lane Care'
        Willow Lane Care (PRV-M39GAH), active
        postal code  OL1 4BB
        source       county, id o2

        CODE        KIND     NAME              STATE
        RES-1THVDJ  agency   Willow Lane Care  active
        RES-T8D29Y  program  Day Centre        active
        $ caredesk resource find meals --columns code,name,provider_name,categories,phone
        CODE        NAME        PROVIDER           CATEGORIES            PHONE
        RES-4DHYWN  Hot Meals   Harbour Home Care  Home Delivered Meals  0161 555
        RES-T8D29Y  Day Centre  Willow Lane Care
        $ caredesk resource find meals --near 'm1 1aa' --columns name,distance_km,postal_code
        NAME        DISTANCE KM  POSTAL CODE
        Hot Meals           0.0  M1 1AA
        Day Centre         11.1  OL1 4BB
        $ caredesk resource find meals --near 'ol1 4bb' --columns name,distance_km
        NAME        DISTANCE KM
        Hot Meals          11.1
        Day Centre          0.0
        $ caredesk resource find --near 'OL1 9ZZ' --columns name,postal_code
        NAME               POSTAL CODE
        Day Centre         OL1 4BB
        Harbour Home Care
        Hot Meals          M1 1AA
        Willow Lane Care
        2> note: no place in a directory has the postal code OL1 9ZZ and coordinates; the longest common beginning decides
        $ caredesk resource find --category bd-50 --language ur --area town -q
        RES-4DHYWN
        $ caredesk resource find --open-at '2026-11-28 16:59' --columns name
        NAME
        Hot Meals
        $ caredesk resource find --open-at '2026-11-28 17:00' --columns name
        2> note: no resources that take referrals fit
        $ caredesk resource find sitting
        2> note: no resources that take referrals fit
        $ caredesk resource find 'willow meal' --with-capacity
        2> note: no resources that take referrals fit
        $ caredesk capacity set 'Day Centre' 3
        Created capacity CAP-EKGE4G (Day Centre): 3 places from 2026-11-22 09:00.
        $ caredesk resource find 'willow meal' --with-capacity --columns name,places_left
        NAME        PLACES LEFT
        Day Centre            3
        $ caredesk resource edit 'Day Centre' --name 'Lunch Club'
        Changed resource RES-T8D29Y (Lunch Club): name Day Centre → Lunch Club, capacity.
        $ caredesk resource find club --columns name
        NAME
        Lunch Club
        $ caredesk provider deactivate 'Willow Lane Care' --yes
        Changed provider PRV-M39GAH (Willow Lane Care): active yes → no. Affected: 1 capacity entry (CAP-EKGE4G).
        $ caredesk resource find club --columns name
        2> note: no resources that take referrals fit
    "#]]);
});

both_engines!(a_list_that_a_later_file_does_not_have_stays, |world| {
    world.ok("init");
    world.write("all.json", CATALOGUE);
    world.ok("provider import all.json --source county");
    let before = world.json("resource show 'Hot Meals'");
    world.write("short.json", r#"[{"id": "o1", "name": "Harbour Home Care"}]"#);
    world.ok("provider import short.json --source county");
    assert_eq!(world.json("resource show 'Hot Meals'"), before);
    assert_eq!(world.json("provider import all.json --source county")["unchanged"], 2);
    world.write(
        "no-meals.json",
        r#"[{"id": "o1", "name": "Harbour Home Care", "services": [{"id": "s1", "name": "Hot Meals", "languages": []}]}]"#,
    );
    world.ok("provider import no-meals.json --source county");
    let after = world.json("resource show 'Hot Meals'");
    let kinds = |card: &serde_json::Value| -> Vec<String> {
        let details = card["details"].as_array().unwrap();
        details.iter().map(|detail| detail["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert!(kinds(&before).contains(&"language".to_owned()));
    let rest: Vec<String> = kinds(&before).into_iter().filter(|kind| kind != "language").collect();
    assert_eq!(kinds(&after), rest);
    assert_eq!(after["opening_hours"], before["opening_hours"]);
});

both_engines!(a_name_is_found_without_its_strokes, |world| {
    world.ok("init");
    world.ok("provider create 'Łódź Großküche'");
    world.ok("provider add-resource 'lodz grosskuche' Smørrebrød");
    world.ok("contact create --given Ana --family Đinko --number N1");
    world.story(expect![[r#"
        $ caredesk provider show lodz --columns name
        name  Łódź Großküche
        $ caredesk provider create 'Lodz Grosskuche'
        2> error: there is a provider `Łódź Großküche` already: PRV-MJ18AD
        2> hint: `caredesk provider edit` changes it, `--if-not-exists` leaves it, `--even-so` creates another
        [exit 4]
        $ caredesk resource find grosskuche --columns name
        NAME
        Łódź Großküche
        Smørrebrød
        $ caredesk resource find SMORREBROD --columns name
        NAME
        Smørrebrød
        $ caredesk resource show smorrebrod --columns name
        name  Smørrebrød
        $ caredesk contact show dinko --columns number,family
        number  N1
        family  Đinko
    "#]]);
});
