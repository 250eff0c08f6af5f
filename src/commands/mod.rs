//! What each noun can do: one file per noun, holding its argument structs (their comments are the help), `run`, and one
//! function per verb.

pub(crate) mod account;
pub(crate) mod alert;
pub(crate) mod audit;
pub(crate) mod capacity;
pub(crate) mod category;
pub(crate) mod client;
pub(crate) mod contact;
pub(crate) mod contract;
pub(crate) mod database;
pub(crate) mod demo;
pub(crate) mod disclosure;
pub(crate) mod init;
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
pub(crate) mod visit;
pub(crate) mod whoami;
