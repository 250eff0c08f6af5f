//! `sharing form`: a request as a form that a person signs (rule 8.41).

use super::{OfRequest, speaks_for};
use crate::commands::prelude::*;
use crate::context::{Audited, Form, blank};
use crate::interchange::pdf::{self, Body, Section};
use crate::model::sharing::{self, Label, RequestView, Setting};
use crate::model::signing::SigningAge;
use crate::model::time::long_date;
use crate::output::target::Destination;

#[derive(Args)]
#[command(after_help = "\
Examples:
  $ caredesk sharing form SHR-7K3M9Q --file consent.pdf
  $ caredesk sharing form SHR-7K3M9Q --file - | lp

Once it is signed, `caredesk sharing grant` takes the date of the signature, who has signed, and the last day.")]
pub(super) struct FormArgs {
    #[command(flatten)]
    request: OfRequest,
    #[command(flatten)]
    destination: Destination,
}

view! {
    pub(super) struct Printed("sharing", |view| &view.request) {
        request: String => Code,
        client: String => Code,
        /// Null for who may not know it; the form has a line for it.
        client_name: Option<PersonName> => Name,
        file: String => Text,
        bytes: usize => Number,
    }
}

/// What the form says.
struct Consent {
    hub: Option<String>,
    request: RequestView,
    signing_age: SigningAge,
    /// None for who is not the owner: what an owner asks of its agreements is not shown to others (rule 3.13).
    setting: Option<Setting>,
}

pub(super) fn run(context: &Context, command: &FormArgs) -> Result<()> {
    context.report(|| {
        let to = &command.destination;
        let read = |tx: &mut Tx<'_>| {
            let consent = read(context, tx, &command.request)?;
            let entry = Audited::read(&consent.request.code);
            Ok((consent, entry))
        };
        let build = |consent: &Consent| pdf::document(&consent.form(context).page(context));
        let (consent, bytes) = context.export_pdf("sharing.form", Right::Everyone, to, read, build)?;
        if to.is_standard() {
            return Ok(None);
        }
        let RequestView { code: request, client, client_name, .. } = consent.request;
        let done = Printed { request, client, client_name, file: to.name(), bytes };
        let sentence = format!("Wrote the form of request {} to {}.", done.request, done.file);
        Ok(Some(Change::created(done).saying(sentence)))
    })
}

/// Refused where a signature would come to nothing.
fn read(context: &Context, tx: &mut Tx<'_>, command: &OfRequest) -> Result<Consent> {
    let request = store::lookup::<sharing::Request>(tx, &command.request, context.visibility())?;
    sharing::may_set(&request, Label::Granted, context.today)?;
    let is_owner = speaks_for(context, tx, request.owner_id)?;
    let setting =
        if is_owner { Some(store::sharing::setting(tx, request.owner_id, request.data_type)?) } else { None };
    Ok(Consent {
        hub: store::setting::hub_name(tx)?,
        request: request.view(context.today),
        signing_age: store::setting::signing_age(tx)?,
        setting,
    })
}

impl Consent {
    fn form(&self, context: &Context) -> Form {
        let RequestView { code, client, birth_date, .. } = &self.request;
        let client_name = self.request.client_name.as_ref().map(ToString::to_string);
        let named = client_name.as_deref().unwrap_or(client);
        Form {
            hub: self.hub.clone(),
            kind: format!("Sharing request {code}"),
            title: "Consent to show records",
            fields: self.fields(context),
            sections: vec![
                Section { heading: "What is asked", body: Body::Text(self.asked(named)) },
                Section { heading: "What it means to sign", body: self.meaning() },
                Section { heading: "How long it lasts", body: self.term() },
                Section { heading: "It can be taken back", body: Body::Text(self.revocation()) },
            ],
            signers: self.signing_age.words(named, *birth_date, context.today),
            notice: self.setting.as_ref().and_then(|setting| setting.notice.clone()),
            client_name,
        }
    }

    fn fields(&self, context: &Context) -> Vec<(&'static str, Option<String>)> {
        let request = &self.request;
        let asked = request.requested_at.with_timezone(&context.zone).date_naive();
        vec![
            ("Client", request.client_name.as_ref().map(ToString::to_string)),
            ("Born", request.birth_date.map(long_date)),
            ("Code of the client", Some(request.client.clone())),
            ("Type of records", Some(request.data_type.plain())),
            ("Held by", Some(request.owner_name.clone())),
            ("To be seen by", Some(request.recipient_name.clone())),
            ("Asked on", Some(long_date(asked))),
            ("To be answered by", request.lapses_on.map(long_date)),
        ]
    }

    fn asked(&self, client: &str) -> String {
        let RequestView { owner_name, recipient_name, data_type, purpose, .. } = &self.request;
        let (kind, words) = (data_type.plain(), data_type.words());
        let purpose = purpose.as_ref().map(|text| format!("\nPurpose: {text}")).unwrap_or_default();
        format!(
            "{recipient_name} asks {owner_name} to let it see records about {client} of one type: {kind}. That is {words}.{purpose}"
        )
    }

    fn meaning(&self) -> Body {
        let RequestView { owner_name, recipient_name, .. } = &self.request;
        Body::Points(vec![
            format!(
                "If you sign, {owner_name} shows {recipient_name} these records, those that there are and those that come, as long as the consent lasts. No other provider sees them by it."
            ),
            format!(
                "{recipient_name} reads them and changes nothing. Each time it does is recorded, and you can ask for the list."
            ),
            format!("What {recipient_name} has read it may pass on only as far as the law lets it."),
            "You need not sign. Your care does not depend on it.".to_owned(),
        ])
    }

    fn term(&self) -> Body {
        let owner = &self.request.owner_name;
        let otherwise = match &self.setting {
            None => format!("If none is written, the rules of {owner} say how long."),
            Some(Setting { default_days: Some(days), .. }) => {
                format!("If none is written, it lasts {} after the signature.", counted(*days, "day", "days"))
            }
            Some(Setting { require_expiry: true, .. }) => format!("{owner} needs one."),
            Some(_) => "If none is written, it lasts until it is taken back.".to_owned(),
        };
        let text = format!("Up to and including the last day that is written here. {otherwise}");
        Body::Several(vec![Body::Text(text), Body::Blanks(vec![vec![blank("Last day", 0.45, None)]])])
    }

    fn revocation(&self) -> String {
        let RequestView { owner_name, recipient_name, .. } = &self.request;
        let to = Form::revoked_at(owner_name, self.hub.as_deref());
        format!(
            "At any time and without a reason: tell {to}, spoken, by phone or in writing. From then on {recipient_name} sees none of these records. What it has seen until then stays seen."
        )
    }
}
