//! `account import`: validates every row of a table or of JSON, then writes, all in one transaction.

mod apply;
mod plan;
mod validate;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use self::plan::Plan;
use super::invite::Validity;
use crate::commands::prelude::*;
use crate::context::ImportArgs;
use crate::model::import::Summary;
use crate::model::import_kind::ImportKind;
use crate::output::invitations::Invitations;

/// Rows in memory at once, small enough to stay in the processor's cache.
const CHUNK: usize = 512;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account import accounts.csv --dry-run
  $ caredesk account import staff.tsv --map login=User --keep-going \\
      --rejects bad.csv
  $ caredesk account import staff.xlsx --invite passwords.csv

Columns: login, name, email, level, active, permissions, resources, resource_assigned_emails, alerts_off. Several permissions or \
  resources go in one cell, separated by semicolons. Fields without a column keep their value; an empty cell clears \
  an e-mail address, permissions or resources. A resource is given by its code, its provider's code or its full name.

With a first password from the file of --invite a person can do nothing but set a password of their own. It is never sent by \
  mail, where others may read it. `account invite` gives one to an account that exists.")]
pub(super) struct Import {
    #[command(flatten)]
    args: ImportArgs,
    /// Give each new account a first password, in this new private file, as CSV with the columns login, name, email,
    /// password
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    invite: Option<PathBuf>,
    #[command(flatten)]
    validity: Validity,
}

pub(super) fn run(context: &Context, command: &Import) -> Result<()> {
    context.out.can_show::<Summary>()?;
    let written = RefCell::new(None);
    let (mut run, done) = context.import_rows(
        ImportKind::Accounts,
        &command.args,
        || Ok(()),
        |tx, run, ()| {
            *written.borrow_mut() = None;
            let plan = validate::validate(context, tx, command, run)?;
            if !command.args.keep_going {
                run.counts.all_or_nothing()?;
            }
            let mut invitations = invitations(context, command, &plan)?;
            apply::write(context, tx, &plan, run, invitations.as_mut())?;
            invitations.iter_mut().try_for_each(Invitations::sync)?;
            *written.borrow_mut() = invitations;
            Ok(())
        },
    )?;
    let kept =
        written.into_inner().filter(|_| done.is_ok() && !context.dry_run).map_or(Ok(()), |invitations| {
            let invited = invited(context, command, &invitations);
            invitations.keep().map(|()| run.remarks.notes.push(invited))
        });
    let reported =
        run.report(context, done, |summary, ()| context.out.report(ImportKind::Accounts.things(), summary));
    kept.and(reported)
}

/// None where no account is new, so that a second run needs no other file.
fn invitations(context: &Context, command: &Import, plan: &Plan) -> Result<Option<Invitations>> {
    let path = command.invite.as_deref().filter(|_| plan.accounts.iter().any(|planned| planned.is_new));
    path.map(|path| Invitations::create(path, command.validity.until(context))).transpose()
}

fn invited(context: &Context, command: &Import, invitations: &Invitations) -> String {
    let file = command.invite.as_deref().unwrap_or(Path::new("")).display();
    let passwords = counted(invitations.count, "first password is", "first passwords are");
    format!("{passwords} in `{file}`, valid until {}", context.zone.local(invitations.until))
}
