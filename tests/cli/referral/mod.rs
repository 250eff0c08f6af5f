//! Referrals: made, sent to resources and back, their statuses, notes and history; and what a portal account sees of them.

mod assign;
mod import;
mod list;
mod portal;
mod set_status;
mod several;

use crate::town::{key, settle};
use crate::world::World;

/// The town of [`settle`], where `Home care` sends referrals to Acme and Birch, and a second queue `Meals` to Acme and its
/// program `Acme Meals`. Contact 20417 is Ada Moss's, and `REF-00000C` came of it. Acme's portal account has an address.
fn open_the_portal(world: &World) {
    world.begin(|world| {
    settle(world);
    let of_acme = "SELECT id FROM provider WHERE name = 'Acme Care'";
    world.sql(&format!(
        "INSERT INTO resource (id, code, provider_id, kind, name, name_key, state)
        VALUES ({}, 'RES-00000P', ({of_acme}), 'program', 'Acme Meals', 'acme meals', 'active');
        UPDATE resource SET code = 'RES-00000A' WHERE kind = 'agency' AND provider_id = ({of_acme});
        UPDATE account SET email = 'rosa@acme.example' WHERE login = 'acme';",
        key(world, 70)
    ));
    world.ok("queue create Meals --status New --status Visited --status Done:closed");
    world.ok("queue add-resource 'Home care' acme birch");
    world.ok("queue add-resource Meals 'Acme Care' 'Acme Meals'");
    world.ok("contact create --client CLI-00000A --number 20417 --date 2026-11-20 --postal-code 'AB1 2CD' --phone '020 7946 0999' --email ada@moss.example --details 'Lives alone. Two steps at the door.'");
    world.ok("referral create --queue 'Home care' --contact 20417 --note 'ring twice'");
    world.sql("UPDATE referral SET code = 'REF-00000C' WHERE contact_id IS NOT NULL");
    world.at("2026-11-22T12:00:00Z");
    });
}
