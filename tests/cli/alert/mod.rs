//! Alerts: each one delivered, once, to whom it concerns; whatever the mail server does, and whenever the program dies.

mod changes;
mod delivery;
mod every;
mod kinds;
mod list;
mod mails;
mod send;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::mail_host::{MailHost, Manners};
use crate::town::{key, settle};
use crate::world::World;

/// The town with addresses for the portal accounts, the contact 2026-0142 behind `REF-00000A`, which is assigned to Acme
/// Care as `REF-00000B` is to Birch Homecare; and so many alerts to these accounts, of the code `ALT-000001` and on.
pub fn queued(world: &World, accounts: &[&str]) {
    settle(world);
    let mut text = format!(
        "UPDATE account SET email = login || '@mail.example' WHERE level = 'provider-portal';
        INSERT INTO contact (id, number, number_key, client_id, given, family, name_key, postal_code, submitted_on, created_at, created_by)
        SELECT {}, '2026-0142', '2026-0142', {}, 'Ada', 'Moss', 'ada moss', 'N1 9ZZ', '2026-11-20', '2026-11-20T09:00:00.000Z', id
        FROM account WHERE login = 'admin';
        UPDATE referral SET contact_id = {}, note = 'secret: needs a ramp' WHERE code = 'REF-00000A';",
        key(world, 500),
        key(world, 1),
        key(world, 500),
    );
    for (referral, provider) in [("REF-00000A", "Acme Care"), ("REF-00000B", "Birch Homecare")] {
        text += &format!(
            "UPDATE referral SET assigned_at = '2026-11-22T09:30:00.000Z',
                resource_id = (SELECT id FROM resource WHERE kind = 'agency' AND name = '{provider}')
            WHERE code = '{referral}';"
        );
    }
    for (number, account) in (1_u128..).zip(accounts) {
        let referral = if *account == "birch" { 'B' } else { 'A' };
        text += &format!(
            "INSERT INTO alert (id, code, account_id, kind, referral_id, resource_id, happened_at, queued_at, state, attempts, next_attempt_at)
            SELECT {}, 'ALT-{number:06}', account.id, 'assigned', referral.id, referral.resource_id, '2026-11-22T09:{number:02}:00.000Z', '2026-11-22T09:30:00.000Z', 'waiting', 0,
                '2026-11-22T09:30:00.000Z'
            FROM account, referral WHERE account.login = '{account}' AND referral.code = 'REF-00000{referral}';",
            key(world, 600 + number)
        );
    }
    world.sql(&text);
    world.set("CAREDESK_SMTP_FROM", "The Hub <alerts@hub.example>");
}

/// The town and a server that the environment names.
fn with_host(world: &World, accounts: &[&str], manners: Manners) -> MailHost {
    queued(world, accounts);
    let host = MailHost::start(manners);
    world.set("CAREDESK_SMTP", &host.url());
    host
}

/// The town with addresses for all but one; all of its portal accounts may answer for their providers, but `mute`.
pub fn addressed(world: &World) {
    settle(world);
    world.sql("UPDATE account SET email = login || '@mail.example'");
    world.sql("UPDATE account SET email = NULL WHERE login = 'cedar'");
    world.set("CAREDESK_SMTP_FROM", "The Hub <alerts@hub.example>");
}

/// The same, where Acme Care shares services with Birch Homecare on request, and both know `CLI-00000A`.
fn asked(world: &World) {
    addressed(world);
    for login in ["acme", "birch"] {
        world.ok(&format!("account permit {login} answer-sharing"));
    }
    world.ok("sharing setup acme --type services --level 1 --client-by-client on");
    world.ok("sharing link acme birch --type services");
    world.ok("client enroll CLI-00000A acme --date 2026-01-01");
    world.ok("client enroll CLI-00000A birch --date 2026-01-01");
}

/// `code status attempts` of every alert.
pub fn states(world: &World) -> Vec<String> {
    let user = world.user();
    world.as_user("admin");
    let alerts = world.json("alert list");
    world.as_user(&user);
    let line = |alert: &Value| {
        format!(
            "{} {} {}",
            alert["code"].as_str().unwrap(),
            alert["status"].as_str().unwrap(),
            alert["attempts"]
        )
    };
    let mut lines: Vec<String> = alerts.as_array().unwrap().iter().map(line).collect();
    lines.sort();
    lines
}

fn recipients(host: &MailHost) -> Vec<String> {
    host.received().into_iter().map(|message| message.to).collect()
}

/// The codes of the alerts that a message is about, each once.
pub fn alerts_in(text: &str) -> BTreeSet<String> {
    let unfolded = text.replace("=\r\n", "");
    // The first is in the message id.
    unfolded.split("ALT-").skip(2).map(|rest| format!("ALT-{}", &rest[..6])).collect()
}

fn message_id(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("a message id")
}
