//! Every list, card, explanation and report as a person sees it on a terminal: one world with long names, wide letters and
//! times of all ages.

mod cards;
mod lists;
mod widths;

use crate::world::World;

/// How wide the terminal is.
const TERMINAL: &str = "CAREDESK_TEST_TERMINAL";

/// Three providers, three clients, people with long logins, a referral at each stage, packages of all sorts, shared records.
/// Codes count up in the order in which things were made. It is Wednesday, 2026-11-25, 10:00.
pub fn settle(world: &World) {
    world.write("signed.pdf", crate::release::PDF);
    for line in SETUP.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# as "), line.strip_prefix("# at ")) {
            (Some(login), _) => world.as_user(login),
            (_, Some(instant)) => world.at(instant),
            _ => {
                world.ok(line);
                count_codes(world);
            }
        }
    }
    world.set(TERMINAL, "80");
}

/// The next command can name what this one has made.
pub fn count_codes(world: &World) {
    let count = |(table, prefix): &(&str, &str)| {
        let number = format!("(SELECT count(*) FROM {table} AS other WHERE other.id <= {table}.id)");
        let padded = format!("'00000' || CAST({number} AS TEXT)");
        // None may take the code that another still has.
        format!(
            "UPDATE {table} SET code = 'was ' || code;\n\
             UPDATE {table} SET code = '{prefix}-' || substr({padded}, length({padded}) - 5);\n"
        )
    };
    world.sql(&CODES.iter().map(count).collect::<String>());
}

const CODES: [(&str, &str); 13] = [
    ("alert", "ALT"),
    ("capacity", "CAP"),
    ("client", "CLI"),
    ("contract", "CTR"),
    ("operation", "IMP"),
    ("package", "PKG"),
    ("provider", "PRV"),
    ("referral", "REF"),
    ("release", "ROI"),
    ("resource", "RES"),
    ("record", "REC"),
    ("sharing_request", "SHR"),
    ("visit", "VIS"),
];

const SETUP: &str = "
    # at 2024-03-04T09:00:00Z
    init
    provider create 'Harbour and Old Town Home Care Cooperative of the Northern Districts' --email office@harbour-and-old-town-home-care.example --phone '01632 960142' --postal-code 'N1 9ZZ'
    provider create 王氏居家照護服務股份有限公司 --phone '02 2345 6789'
    provider create 'Willow Lane Care' --url https://willow.example
    provider deactivate willow --yes
    provider create 'Oak House'
    provider add-resource PRV-000001 'Evening and weekend visits for people who live alone'
    account create maria-theresia.hohenberg --name 'Maria-Theresia von Hohenberg zu Lichtenstein' --level standard --email maria-theresia.hohenberg@northern-districts.example
    account create rosa --name 'Rosa Quill' --level provider-portal --resource PRV-000001 --email rosa@harbour.example --can respond-packages --can edit-capacity
    account create wang --name 王小明 --level provider-portal --resource PRV-000002 --can answer-sharing --can change-status
    account create left --name 'Lena Former' --level trainee
    account disable left --yes
    client create --given Maria-Theresia --family 'von Hohenberg zu Lichtenstein und Sankt Georgen' --birth-date 1931-02-28 --postal-code 'N1 9ZZ'
    client create --given 小明 --family 王 --id 4711
    client create --given Ada --family Moss --birth-date 1950-07-01
    queue create 'Reablement after a stay in hospital' --status Referred --status 'Attempting Contact' --status Enrolled --status Declined:closed
    queue add-resource reablement PRV-000001 PRV-000002 RES-000005
    queue create Meals --status New --status Done:closed
    queue deactivate meals --yes
    category create 'Personal care at home, day and night'
    category create Meals
    contract create PRV-000001 'Framework agreement on home care 2024 to 2027' --start 2024-04-01 --stop 2027-03-31 --category Personal
    contract create PRV-000002 Meals --start 2026-01-01 --category Meals --category Personal
    # at 2026-09-01T08:15:00Z
    capacity set PRV-000001 12 --unit places --note 'two carers are on leave until the end of the month, so nothing before noon'
    capacity set PRV-000002 3 --maximum 5
    contact create --client CLI-000001 --number 2026-0142 --postal-code 'N1 9ZZ' --phone '01632 960142' --email mtheresia@example.org --details 'Fell twice in November; lives on the third floor without a lift, and opens only to people she knows.'
    referral create --queue reablement --contact 2026-0142 --resource PRV-000001 --note 'prefers mornings, rings twice and waits: she needs some time to reach the door'
    # at 2026-11-20T14:30:00Z
    client enroll CLI-000001 PRV-000001 --date 2026-01-05
    client enroll CLI-000001 PRV-000002 --date 2026-01-05
    client enroll CLI-000003 PRV-000002 --date 2026-10-01
    contact create --given 花子 --family 山田 --number 2026-0199
    referral create --queue reablement --contact 2026-0199 --resource PRV-000002
    referral create --queue 'home care' --client CLI-000003
    referral set-status REF-000001 'attempting contact' --note 'rang, no answer'
    referral set-status REF-000002 declined --note 'moved away'
    visit add REF-000001 --start '2026-11-30 08:30' --duration 45 --weekly mon,wed,fri --until 2026-12-06 --note 'keys are with the neighbour on the ground floor'
    visit add REF-000003 --start '2026-12-01 18:00' --duration 30
    visit cancel VIS-000002
    outsource create REF-000001 --visit VIS-000001 VIS-000003 --provider PRV-000001 PRV-000002 --reference 'Winter mornings, first and third visit of the week'
    outsource create REF-000003 --all-visits --provider PRV-000001 PRV-000002 PRV-000004
    # at 2026-11-25T08:00:00Z
    package respond PKG-000002 --provider PRV-000002 --reject --reason 'nobody is free on Tuesday evenings before Christmas'
    package respond PKG-000001 --provider PRV-000001 --accept
    visit edit VIS-000001 --start '2026-11-30 09:00'
    capacity set PRV-000001 8 --note 'from now on'
    record add CLI-000001 --provider PRV-000001 --type clinical --date 2026-11-02 --title 'Assessment of the skin and of the risk to fall, with a plan' --contract CTR-000001 --category Personal --detail 'no pressure marks; wants a second handrail'
    record add CLI-000001 --provider PRV-000001 --type services --date 2026-11-03 --title 'Morning visit' --contract CTR-000001 --category Personal --units 3
    record add CLI-000001 --provider PRV-000002 --type services --date 2026-11-04 --title 到府服務 --contract CTR-000002 --category Personal
    record add CLI-000001 --provider PRV-000002 --type case-notes --date 2026-11-04 --title 她喜歡喝茶
    sharing setup PRV-000001 --type clinical --level 2 --client-by-client on --require-expiry on --default-days 365
    sharing setup PRV-000002 --type services --level 2
    sharing link PRV-000001 PRV-000002 --type clinical
    sharing request CLI-000001 --owner PRV-000001 --recipient PRV-000002 --type clinical
    sharing grant SHR-000001 --signed 2026-11-25 --expires 2026-12-31
    record list CLI-000001 --viewer PRV-000002
    sharing setup PRV-000001 --type clinical --release on
    release add CLI-000001 --owner PRV-000001 --type clinical --document signed.pdf --signed 2026-11-20 --expires 2027-11-19 --purpose 'care after discharge from hospital, as agreed with her family' --recipient PRV-000002 PRV-000004 --signed-by 'Maria-Theresia von Hohenberg' --right-to-revoke
    release add CLI-000003 --owner PRV-000002 --type services --document signed.pdf --signed 2026-11-20 --all-providers
    # at 2026-11-25T10:00:00Z
";

#[test]
fn every_list_and_card_of_the_grammar_is_here() {
    let here = [include_str!("lists.rs"), include_str!("cards.rs")].concat();
    let usages = include_str!("../help.txt").lines().filter_map(|line| line.strip_prefix("Usage: caredesk "));
    let shows = ["list", "show", "explain", "links", "settings", "enrolments"];
    let mut count = 0;
    for usage in usages {
        let [noun, verb] = [0, 1].map(|place| usage.split(' ').nth(place).unwrap_or_default());
        if shows.contains(&verb) || noun == "report" && verb != "<COMMAND>" {
            assert!(here.contains(&format!("$ caredesk {noun} {verb}")), "no transcript of {noun} {verb}");
            count += 1;
        }
    }
    assert!(count >= 30, "{count} lists and cards");
}
