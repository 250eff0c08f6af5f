//! `account invite`: a first password for an account without one, or whose person has forgotten the own one.

use std::path::PathBuf;

use chrono::TimeDelta;

use super::view;
use crate::commands::prelude::*;
use crate::model::account::AccountView;
use crate::model::account::first_password::FirstPassword;
use crate::output::invitations::Invitations;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk account invite rosa --file rosa.csv
  $ caredesk account invite rosa stan --file passwords.csv --valid-days 3

With it the person can do nothing but set a password of their own: `--as rosa` asks for that on a terminal, and elsewhere \
  `account set-password` does it. It is never sent by mail, where others may read it.")]
pub(super) struct Invite {
    /// The logins of the accounts
    #[arg(value_name = "LOGIN", required = true)]
    accounts: Vec<Reference>,
    /// The new private file for the passwords, as CSV with the columns login, name, email, password
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    #[command(flatten)]
    validity: Validity,
}

/// How long a first password serves.
#[derive(Args)]
pub(super) struct Validity {
    /// The days for which a first password is valid
    #[arg(long, value_name = "N", default_value_t = 14, value_parser = clap::value_parser!(i64).range(1..=90))]
    valid_days: i64,
}

impl Validity {
    pub(super) fn until(&self, context: &Context) -> DateTime<Utc> {
        context.now() + TimeDelta::days(self.valid_days)
    }
}

pub(super) fn run(context: &Context, command: &Invite) -> Result<()> {
    let invite = |tx: &mut Tx<'_>| invite(context, tx, command);
    context.change_with_file("account.invite", Action::ChangeAccounts, invite, Invitations::keep)
}

fn invite(
    context: &Context, tx: &mut Tx<'_>, command: &Invite,
) -> Result<(Change<AccountView>, Invitations)> {
    let accounts = store::lookup_many::<Account>(tx, &command.accounts, context.visibility())?;
    let until = command.validity.until(context);
    let mut invitations = Invitations::create(&command.file, until)?;
    let mut change = Change::none();
    for (account, random) in accounts.iter().zip(context.for_passwords(accounts.len())?) {
        account.must_be_active()?;
        let before = view(tx, &account.login)?;
        let first = FirstPassword::new(&random, until);
        store::account::set_password(tx, account.id, &first.hash)?;
        invitations.add(account, &first.text)?;
        change = change.and(Change::updated(before, view(tx, &account.login)?));
    }
    invitations.sync()?;
    let sentence = sentence(context, &accounts, command, until);
    Ok((change.saying(sentence).asking(question(&accounts)), invitations))
}

fn sentence(context: &Context, accounts: &[Account], command: &Invite, until: DateTime<Utc>) -> String {
    let logins: Vec<&str> = accounts.iter().map(|account| account.login.as_str()).collect();
    let (file, until) = (command.file.display(), context.zone.local(until));
    match logins.as_slice() {
        [login] => format!("The first password of {login} is in `{file}`, valid until {until}."),
        logins => {
            format!("The first passwords of {} are in `{file}`, valid until {until}.", logins.join(", "))
        }
    }
}

/// Whose own password ends would be locked out unawares.
fn question(accounts: &[Account]) -> Option<String> {
    let own = accounts
        .iter()
        .filter(|account| account.password_hash.is_some() && account.first_password().is_none());
    let logins: Vec<&str> = own.map(|account| account.login.as_str()).collect();
    (!logins.is_empty()).then(|| {
        format!("Are you sure? The present password of {} will not work any more.", logins.join(", "))
    })
}
