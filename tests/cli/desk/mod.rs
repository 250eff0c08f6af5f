//! The questions of the day, each answered by one command at 80 columns, in the town that `demo --into` leaves.

mod every_day;
mod outsourcing;
mod portal;
mod sharing;

use crate::world::World;

/// Alderbrook after two months: Friday morning, with an admin at the desk.
fn town(world: &World) {
    world.begin(|world| {
        world.at("2026-11-27T10:00:00Z");
        world.ok("demo --into <DB>".replace("<DB>", &world.database_name()).as_str());
    });
    world.at("2026-11-27T10:00:00Z");
    world.call("<DB>", &world.database_name().replace(":secret", ""));
    world.set("CAREDESK_TEST_TERMINAL", "80");
}

/// One test of a question: the command, and below it all that it answers.
macro_rules! question {
    ($name:ident, $answer:expr) => {
        both_engines!($name, |world| {
            super::town(world);
            world.story($answer);
        });
    };
}

use question;
