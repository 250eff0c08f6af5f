//! `client create`: a person who receives care.

use super::birth_date;
use crate::commands::prelude::*;
use crate::model::client;
use crate::model::client_phone::{self, Phone};
use crate::model::code::unlike_a_code;

#[derive(Args)]
pub(super) struct Create {
    /// The given name
    #[arg(long, value_parser = text::name)]
    given: String,
    /// The family name
    #[arg(long, value_parser = text::name)]
    family: String,
    /// The date of birth, such as 1941-03-02
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    birth_date: Option<Day>,
    /// The postal code of the home address
    #[arg(long, value_parser = text::line)]
    postal_code: Option<String>,
    /// The home address on one line, without the postal code
    #[arg(long, value_parser = text::line)]
    address: Option<String>,
    /// A phone, with or without a label; repeat it for more: daughter:"020 7946 0018"
    #[arg(long = "phone", value_name = "[LABEL:]NUMBER")]
    phones: Vec<Phone>,
    /// What carers must know; a provider sees it once it has accepted visits
    #[arg(long, value_name = "TEXT", value_parser = text::note, allow_hyphen_values = true)]
    carer_note: Option<String>,
    /// The person's id in another system
    #[arg(long, value_parser = unlike_a_code)]
    id: Option<String>,
    /// Do nothing if a client with this id exists or, without an id, one with this name and birth date
    #[arg(long)]
    if_not_exists: bool,
}

pub(super) fn run(context: &Context, command: &Create) -> Result<()> {
    context.change("client.create", Action::ChangeClients, |tx| {
        let new = new(context, tx, command)?;
        let same = store::client::same(tx, &new)?;
        match &same {
            Some(same) if command.if_not_exists => {
                let why = format!("client {} exists", described(same));
                return Ok(Change::unchanged(same.clone()).already(why));
            }
            Some(same) if command.id.is_some() => return Err(exists(same)),
            _ => {}
        }
        store::client::insert(tx, std::slice::from_ref(&new))?;
        let sentence = format!("Created client {}.", described(&new));
        Ok(Change::created(new).saying(sentence).warning(same.as_ref().map(client::possible_duplicate)))
    })
}

fn exists(same: &Client) -> Error {
    let id = same.external_id.clone().unwrap_or_default();
    Error::refused(
        "client.exists",
        format!("the id `{id}` belongs to {} ({}) already", same.code, same.full_name()),
    )
    .hint("`--if-not-exists` leaves it as it is; `caredesk client edit` changes it")
    .detail("client", same.code.clone())
}

fn new(context: &Context, tx: &mut Tx<'_>, command: &Create) -> Result<Client> {
    let id = context.key();
    let code = context.code(Prefix::Client, |code| store::client::is_code_taken(tx, code))?;
    let (given, family) = (command.given.clone(), command.family.clone());
    let mut phones = Vec::new();
    command.phones.iter().for_each(|phone| client_phone::add(&mut phones, phone.clone()));
    Ok(Client {
        birth_date: command.birth_date.map(|day| birth_date(context, day)).transpose()?,
        postal_code: command.postal_code.clone(),
        address: command.address.clone(),
        phones,
        carer_note: command.carer_note.clone(),
        external_id: command.id.clone(),
        ..Client::named(id, code, given, family)
    })
}

fn described(client: &Client) -> String {
    format!("{} ({})", client.code, client.full_name())
}
