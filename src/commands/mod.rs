//! What each noun can do: one file per noun, holding its argument structs (their comments are the help), `run`, and one
//! function per verb.

pub(crate) mod account;
pub(crate) mod alert;
pub(crate) mod apply;
pub(crate) mod at;
pub(crate) mod audit;
pub(crate) mod batch;
pub(crate) mod capacity;
pub(crate) mod category;
pub(crate) mod client;
pub(crate) mod completion;
pub(crate) mod config;
pub(crate) mod contact;
pub(crate) mod contract;
pub(crate) mod database;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod disclosure;
pub(crate) mod doctor;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod hub;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod offer;
pub(crate) mod operation;
pub(crate) mod outsource;
pub(crate) mod package;
pub(crate) mod provider;
pub(crate) mod queue;
pub(crate) mod record;
pub(crate) mod referral;
pub(crate) mod release;
pub(crate) mod report;
pub(crate) mod resource;
pub(crate) mod schedule;
pub(crate) mod sharing;
pub(crate) mod shell;
pub(crate) mod version;
pub(crate) mod visit;
pub(crate) mod whoami;

/// The grammar of a noun: what its commands print with `-o json`, and its verbs with the functions that run
/// them. It gives the arguments for clap, `schema` and `run`. `needs` is the right that all its verbs need, or one verb that
/// only reads.
macro_rules! verbs {
    (
        $noun:ident $((needs $action:ident))?: $($how:ident $view:ty),+;
        $(
            $(#[$meta:meta])*
            $verb:ident
            $(($args:ty))?
            $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),+ $(,)? })?
            => $run:path $([needs $right:expr])?
        ),+ $(,)?
        $(; alone $($(#[$alone_meta:meta])* $alone:ident($alone_args:ty) => $run_alone:path),+ $(,)?)?
    ) => {
        #[derive(clap::Args)]
        pub(crate) struct $noun {
            #[command(subcommand)]
            verb: Verb,
        }

        #[derive(clap::Subcommand)]
        enum Verb {
            $($(#[$meta])* $verb $(($args))? $({ $($(#[$field_meta])* $field: $type),+ })?,)+
            $($($(#[$alone_meta])* $alone($alone_args)),+)?
        }

        $(
            /// None of a verb that needs the database.
            pub(crate) fn run_alone(run: &$crate::context::Run, command: &$noun) -> Option<Result<()>> {
                match &command.verb {
                    $(Verb::$alone(command) => Some($run_alone(run, command)),)+
                    _ => None,
                }
            }
        )?

        pub(crate) fn schema(schemas: &mut $crate::output::Schemas) {
            schemas$(.$how::<$view>())+;
        }

        pub(crate) fn run(context: &Context, command: $noun) -> Result<()> {
            $(context.require($crate::model::access::Action::$action)?;)?
            match command.verb {
                $(
                    Verb::$verb $((verbs!(@ command $args)))? $({ $($field),+ })? => {
                        $(context.require($right)?;)?
                        $run(context $(, &verbs!(@ command $args))? $($(, &$field)+)?)
                    }
                )+
                $($(Verb::$alone(_) => Ok(()),)+)?
            }
        }
    };
    (@ $command:ident $args:ty) => { $command };
}

/// What nearly every verb uses: the run, the database, the nouns that references name, the types of arguments.
mod prelude {
    pub(super) use super::at::{at, steps_at};
    pub(super) use chrono::{DateTime, NaiveDate, Utc};
    pub(super) use clap::Args;

    pub(super) use super::verbs;
    pub(super) use crate::context::{Aged, Change, Context, EvenSo, Period, Tx};
    pub(super) use crate::error::{Error, Kind, Result};
    pub(super) use crate::file::Input;
    pub(super) use crate::model::access::{Action, Permission, Right};
    pub(super) use crate::model::code::Prefix;
    pub(super) use crate::model::id::*;
    pub(super) use crate::model::person_name::PersonName;
    pub(super) use crate::model::reference::Reference;
    pub(super) use crate::model::text::counted;
    pub(super) use crate::model::time::Day;
    pub(super) use crate::model::view::view;
    pub(super) use crate::model::visibility::Visibility;
    pub(super) use crate::model::{
        account::Account, alert::Alert, category::Category, client::Client, contact::Contact,
        contract::Contract, package::Package, provider::Provider, queue::Queue, referral::Referral,
        release::Release, resource::Resource, visit::Visit,
    };
    pub(super) use crate::model::{edit, text, time};
    pub(super) use crate::output::Page;
    pub(super) use crate::{output, store};
}

use verbs;
