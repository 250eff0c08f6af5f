//! Stories told through the built program: commands in, words and exit status out, on both engines.
//!
//! A story is its transcript, of which only the commands are written by hand:
//!
//! ```ignore
//! both_engines!(an_offer_is_accepted_once, |world| {
//!     world.story(expect![[r#"
//!         $ caredesk package respond winter --provider acme --accept
//!         $ caredesk package show winter
//!     "#]]);
//! });
//! ```
//!
//! `UPDATE_EXPECT=1 cargo test --test cli` fills the answers in; they are the same text on both engines.

#![expect(clippy::needless_raw_string_hashes, reason = "snapshots are written with them")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by stopping")]
#![expect(unreachable_pub, reason = "the harness is written as the library that it is to the stories")]

/// Makes two tests of one story: `name::sqlite` and `name::postgres`. The story is given a `&World`.
macro_rules! both_engines {
    ($name:ident, |$world:ident| $story:block) => {
        fn $name($world: &$crate::world::World) {
            $story
        }

        mod $name {
            #[test]
            fn sqlite() {
                $crate::world::tell($crate::world::Engine::Sqlite, module_path!(), super::$name);
            }

            #[test]
            fn postgres() {
                $crate::world::tell($crate::world::Engine::Postgres, module_path!(), super::$name);
            }
        }
    };
}

/// A story that takes long, and in which no engine matters: what it tries ends before the database, or was tried on both.
macro_rules! one_engine {
    ($name:ident, |$world:ident| $story:block) => {
        #[test]
        fn $name() {
            let name = concat!(module_path!(), "::", stringify!($name));
            $crate::world::tell($crate::world::Engine::Sqlite, name, |$world: &$crate::world::World| $story);
        }
    };
}

mod account;
mod account_import;
mod account_invite;
mod account_sight;
mod alert;
mod apply;
mod audit;
mod backup;
mod batch;
mod bounds;
mod capacity;
mod capacity_model;
mod category;
mod client;
mod clock;
mod cluster;
mod columns;
mod commands;
mod commit;
mod completion;
mod completion_keys;
mod config;
mod contact;
mod contact_anonymous;
mod contact_import;
mod contact_pdf;
mod contract;
mod database;
mod demo;
mod desk;
mod disabled;
mod disclosure;
mod doctor;
mod ends;
mod environment;
mod events;
mod export;
mod file;
mod filters;
mod find;
mod harness;
mod help;
mod hidden;
mod history;
mod honest;
mod import;
mod import_clears;
mod inactive;
mod init;
mod long;
mod mail_host;
mod meant;
mod merge;
mod next_step;
mod operation_key;
mod outsource;
mod own;
mod own_list;
mod package;
mod portal_model;
mod portal_story;
mod postgres;
mod printed;
mod promises;
mod prompt;
mod provider;
mod provider_agencies;
mod provider_duplicates;
mod provider_ended;
mod provider_import;
mod provider_merge;
mod provider_rejects;
mod proxy;
mod queue;
mod race;
mod read_only;
mod reader;
mod readers;
mod readme;
mod real;
mod record;
mod referral;
mod rejects_again;
mod release;
mod report;
mod resource;
mod resource_find;
mod resource_import;
mod role;
mod schedule;
mod schema;
mod seal;
mod secrets;
mod server;
mod sharing;
mod shell;
mod snapshot;
mod sorting;
mod space;
mod story;
mod tables;
mod torture;
mod town;
mod trail;
mod transcript;
mod undo;
mod upgrade;
mod verbose;
mod visit;
mod visit_import;
mod visit_overlap;
mod visits;
mod wall_clock;
mod whoami;
mod wire;
mod words;
mod world;
