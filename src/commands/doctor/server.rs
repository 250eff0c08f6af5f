//! The PostgreSQL server, as far as the role may see it.

use chrono::{Datelike, TimeDelta};

use crate::commands::prelude::*;
use crate::context::health::{OpenTransaction, Replica, ServerHealth};
use crate::model::doctor::{Check, Outcome};
use crate::model::text::shell_word;

/// A replica may be so many seconds behind.
const LAG: i64 = 60;
/// A transaction may wait so many seconds for its client.
const WAIT: i64 = 300;
/// So far the clocks may differ.
const SKEW: TimeDelta = TimeDelta::seconds(5);
/// So many of a hundred connections may be in use, and of the transactions of which the server freezes the older.
const USED: i64 = 80;

/// None for what is not of a server.
pub(super) fn outcome(context: &Context, health: &ServerHealth, check: Check) -> Option<Outcome> {
    Some(match check {
        Check::Version => version(health, context.today),
        Check::Role => role(health),
        Check::Encryption => encryption(health, &context.location.to_string()),
        Check::Connections => connections(health),
        Check::Replicas => replicas(health),
        Check::Transactions => transactions(&health.open_transactions),
        Check::Clock => clock(context.clock.ahead()),
        Check::Durability => durability(&health.unsafe_settings),
        Check::Wraparound => wraparound(health),
        _ => return None,
    })
}

/// One thing that is wrong, with what mends it.
fn alone(is_wrong: bool, well: String, detail: String, what: String, command: &str) -> Outcome {
    let wrong: &[String] = if is_wrong { &[what] } else { &[] };
    Outcome::of(wrong, well, detail, Clone::clone, |_| command.to_owned())
}

/// Each major version is mended for five years; 14 until November 2026.
fn version(health: &ServerHealth, today: NaiveDate) -> Outcome {
    let major = health.version / 10_000;
    let ends = i64::from(today.year()) - 2012;
    let is_old = major < ends || major == ends && (today.month(), today.day()) > (11, 14);
    let name = format!("PostgreSQL {}", health.version_name);
    let detail = "its makers mend it no more".to_owned();
    alone(is_old, name.clone(), detail, name, "pg_upgrade --check")
}

fn role(health: &ServerHealth) -> Outcome {
    let role = &health.role;
    let detail = if health.is_superuser {
        "the role of every day may do everything on the server"
    } else {
        "the role of every day may change the audit trail"
    };
    let command = "psql \"$OWNER_ADDRESS\" -v role=everyday -f roles.sql";
    let well = format!("`{role}` can append to the audit trail, and not change it");
    alone(health.is_superuser || health.may_change_trail, well, detail.to_owned(), role.clone(), command)
}

fn encryption(health: &ServerHealth, address: &str) -> Outcome {
    let well = if health.is_encrypted {
        "the connection is encrypted"
    } else {
        "the connection stays inside of this machine"
    };
    let is_open = !health.is_encrypted && !health.is_local;
    let detail = "the connection to another machine is not encrypted".to_owned();
    let what = "sslmode=disable".to_owned();
    let safe = shell_word(&format!("{address}?sslmode=verify-full"));
    alone(is_open, well.to_owned(), detail, what, &format!("caredesk --db {safe} doctor"))
}

fn connections(health: &ServerHealth) -> Outcome {
    let (used, most) = (health.connections, health.most_connections);
    let well = format!("{used} of {most} connections are in use");
    let detail = "connections are nearly used up".to_owned();
    let command = "psql -c \"ALTER SYSTEM SET max_connections = 200\"";
    alone(used * 100 > most * USED, well, detail, format!("{used} of {most}"), command)
}

fn replicas(health: &ServerHealth) -> Outcome {
    let own = health
        .seconds_behind
        .map(|seconds| Replica { name: "this server".to_owned(), seconds_behind: seconds });
    let all: Vec<&Replica> = health.replicas.iter().chain(&own).collect();
    let late: Vec<&Replica> = all.iter().copied().filter(|one| one.seconds_behind > LAG).collect();
    let well = match all.len() {
        0 => "no replica is to be seen".to_owned(),
        count => format!("{} close behind", counted(count, "replica is", "replicas are")),
    };
    Outcome::of(
        &late,
        well,
        "replicas lag behind",
        |one| format!("{} by {} s", one.name, one.seconds_behind),
        |_| "psql -c 'SELECT * FROM pg_stat_replication'".to_owned(),
    )
}

fn transactions(open: &[OpenTransaction]) -> Outcome {
    let long: Vec<&OpenTransaction> = open.iter().filter(|one| one.seconds > WAIT).collect();
    Outcome::of(
        &long,
        "no transaction was left open",
        "transactions were left open, which keeps old rows",
        |one| format!("{} of `{}` for {} min", one.process, one.role, one.seconds / 60),
        |one| format!("psql -c 'SELECT pg_terminate_backend({})'", one.process),
    )
}

fn clock(ahead: TimeDelta) -> Outcome {
    let detail = "the clocks of server and machine differ by".to_owned();
    let what = format!("{} s", ahead.num_seconds().abs());
    let well = "the clocks of server and machine agree".to_owned();
    alone(ahead.abs() > SKEW, well, detail, what, "timedatectl set-ntp true")
}

fn durability(settings: &[String]) -> Outcome {
    Outcome::of(
        settings,
        "what is committed survives a crash",
        "a crash may lose what was committed, since these are off",
        Clone::clone,
        |setting| format!("psql -c 'ALTER SYSTEM RESET {setting}' -c 'SELECT pg_reload_conf()'"),
    )
}

fn wraparound(health: &ServerHealth) -> Outcome {
    let (age, most) = (health.transaction_age, health.most_transaction_age);
    let is_late = age > most / 100 * (100 + USED);
    let well = "old transactions are frozen in time".to_owned();
    let detail = "old transactions are not frozen, and the server stops where they run out".to_owned();
    alone(is_late, well, detail, format!("{age} transactions"), "vacuumdb --freeze")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::doctor::{CheckResult, Diagnosis};

    fn healthy() -> ServerHealth {
        ServerHealth {
            bytes: 1,
            version: 170_002,
            version_name: "17.2".to_owned(),
            role: "everyday".to_owned(),
            is_superuser: false,
            may_change_trail: false,
            is_encrypted: true,
            is_local: false,
            connections: 3,
            most_connections: 97,
            replicas: vec![Replica { name: "second".to_owned(), seconds_behind: 1 }],
            seconds_behind: None,
            open_transactions: Vec::new(),
            unsafe_settings: Vec::new(),
            transaction_age: 50_000_000,
            most_transaction_age: 200_000_000,
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 28).unwrap()
    }

    fn judged(check: Check, outcome: Outcome) -> Diagnosis {
        check.diagnosis(outcome)
    }

    // Rule 7.22.
    #[test]
    fn a_healthy_server_is_well() {
        let well = healthy();
        for (check, outcome) in [
            (Check::Version, version(&well, today())),
            (Check::Role, role(&well)),
            (Check::Encryption, encryption(&well, "")),
            (Check::Connections, connections(&well)),
            (Check::Replicas, replicas(&well)),
            (Check::Transactions, transactions(&well.open_transactions)),
            (Check::Clock, clock(TimeDelta::seconds(-2))),
            (Check::Durability, durability(&well.unsafe_settings)),
            (Check::Wraparound, wraparound(&well)),
        ] {
            let diagnosis = judged(check, outcome);
            assert_eq!(diagnosis.result, CheckResult::Ok, "{}", diagnosis.words());
        }
    }

    #[test]
    fn what_is_wrong_with_a_server_is_named_with_what_mends_it() {
        let ill = ServerHealth {
            version: 140_009,
            version_name: "14.9".to_owned(),
            is_superuser: true,
            is_encrypted: false,
            connections: 80,
            replicas: vec![Replica { name: "second".to_owned(), seconds_behind: 90 }],
            seconds_behind: Some(61),
            open_transactions: vec![
                OpenTransaction { process: 7, role: "app".to_owned(), seconds: 20 },
                OpenTransaction { process: 8, role: "app".to_owned(), seconds: 400 },
            ],
            unsafe_settings: vec!["fsync".to_owned()],
            transaction_age: 400_000_000,
            ..healthy()
        };
        let words: Vec<String> = [
            (Check::Version, version(&ill, today())),
            (Check::Role, role(&ill)),
            (Check::Role, role(&ServerHealth { may_change_trail: true, ..healthy() })),
            (Check::Encryption, encryption(&ill, "postgres://app@db/care")),
            (Check::Connections, connections(&ill)),
            (Check::Replicas, replicas(&ill)),
            (Check::Transactions, transactions(&ill.open_transactions)),
            (Check::Clock, clock(TimeDelta::seconds(-9))),
            (Check::Durability, durability(&ill.unsafe_settings)),
            (Check::Wraparound, wraparound(&ill)),
        ]
        .into_iter()
        .map(|(check, outcome)| {
            let diagnosis = judged(check, outcome);
            assert_eq!(diagnosis.result, CheckResult::Found);
            format!("{} {}", diagnosis.count(), diagnosis.words())
        })
        .collect();
        expect_test::expect![[r"
            1 its makers mend it no more: PostgreSQL 14.9
            1 the role of every day may do everything on the server: everyday
            1 the role of every day may change the audit trail: everyday
            1 the connection to another machine is not encrypted: sslmode=disable
            1 connections are nearly used up: 80 of 97
            2 replicas lag behind: second by 90 s, this server by 61 s
            1 transactions were left open, which keeps old rows: 8 of `app` for 6 min
            1 the clocks of server and machine differ by: 9 s
            1 a crash may lose what was committed, since these are off: fsync
            1 old transactions are not frozen, and the server stops where they run out: 400000000 transactions
        "]]
        .assert_eq(&(words.join("\n") + "\n"));
    }

    #[test]
    fn a_version_ends_in_november_of_its_fifth_year() {
        let is_old = |version_number: i64, year, month| {
            let day = NaiveDate::from_ymd_opt(year, month, 20).unwrap();
            let health = ServerHealth { version: version_number, ..healthy() };
            judged(Check::Version, version(&health, day)).result == CheckResult::Found
        };
        assert!(!is_old(140_000, 2026, 10) && is_old(140_000, 2026, 11) && is_old(130_000, 2026, 1));
        assert!(!is_old(150_000, 2027, 10) && is_old(150_000, 2028, 1));
    }
}
