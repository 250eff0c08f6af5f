//! The page of `release form`, with all that a valid release has to say ([`crate::model::release::elements`]).

use crate::commands::prelude::*;
use crate::context::{Form, blank};
use crate::interchange::pdf::{Body, Choice, Section};
use crate::model::sharing::{DataType, Setting};
use crate::model::signing::SigningAge;
use crate::model::time::long_date;

pub(super) struct Unsigned {
    pub(super) hub: Option<String>,
    pub(super) signing_age: SigningAge,
    pub(super) client: Client,
    pub(super) owner: Provider,
    /// Of the types that are disclosed; empty where these are ticked by hand.
    pub(super) settings: Vec<Setting>,
    pub(super) all_providers: bool,
    /// Their names.
    pub(super) recipients: Vec<String>,
    pub(super) purpose: Option<String>,
    pub(super) expires_on: Option<NaiveDate>,
    pub(super) expiry_event: Option<String>,
}

impl Unsigned {
    pub(super) fn form(&self, context: &Context) -> Form {
        let Client { code, birth_date, .. } = &self.client;
        let name = self.client.full_name().to_string();
        let fields = vec![
            ("Client", Some(name.clone())),
            ("Born", birth_date.map(long_date)),
            ("Code of the client", Some(code.clone())),
            ("Records held by", Some(self.owner.name.clone())),
        ];
        Form {
            hub: self.hub.clone(),
            kind: format!("Client {code}"),
            title: "Release of information",
            fields,
            sections: vec![
                Section { heading: "What may be shown", body: self.information(&name) },
                Section { heading: "To whom", body: self.recipients() },
                Section { heading: "For what", body: self.purpose() },
                Section { heading: "How long it lasts", body: self.term() },
                Section { heading: "What it means to sign", body: self.meaning() },
            ],
            signers: self.signing_age.words(&name, *birth_date, context.today),
            notice: self.notices(),
            client_name: Some(name),
        }
    }

    fn information(&self, client: &str) -> Body {
        let is_ticked =
            |data_type: DataType| self.settings.iter().any(|setting| setting.data_type == data_type);
        let choice = |data_type: &DataType| Choice {
            is_ticked: is_ticked(*data_type),
            text: format!("{}: {}", data_type.plain(), data_type.words()),
        };
        Body::Several(vec![
            Body::Text(format!(
                "{} may show records about {client} of the types that are ticked:",
                self.owner.name
            )),
            Body::Choices(DataType::ALL.iter().map(choice).collect()),
        ])
    }

    fn recipients(&self) -> Body {
        let owner = &self.owner.name;
        let all = Choice {
            is_ticked: self.all_providers,
            text: format!(
                "all providers that {owner} is linked to for this, also those that are linked later"
            ),
        };
        let named =
            Choice { is_ticked: !self.recipients.is_empty(), text: "these providers alone:".to_owned() };
        if self.all_providers {
            return Body::Choices(vec![all]);
        }
        let names = if self.recipients.is_empty() {
            let line = || vec![blank("Name of a provider", 1.0, None)];
            Body::Blanks(vec![line(), line(), line()])
        } else {
            Body::Points(self.recipients.clone())
        };
        Body::Several(vec![Body::Choices(vec![all, named]), names])
    }

    fn purpose(&self) -> Body {
        let label = "Purpose, such as treatment, payment, care coordination, or at the request of the client";
        Body::Blanks(vec![vec![blank(label, 1.0, self.purpose.clone())]])
    }

    fn term(&self) -> Body {
        let owner = &self.owner.name;
        let lengths: Vec<Option<i64>> = self.settings.iter().map(|setting| setting.default_days).collect();
        let needs_a_day = self.settings.iter().any(|setting| setting.require_expiry);
        let otherwise = match lengths.first().filter(|first| lengths.iter().all(|one| one == *first)) {
            None => format!("If neither is written, the rules of {owner} say how long."),
            Some(Some(days)) => {
                format!(
                    "If neither is written, it ends {} after the signature.",
                    counted(*days, "day", "days")
                )
            }
            Some(None) if needs_a_day => format!("{owner} needs a last day."),
            Some(None) => "If neither is written, it lasts until it is taken back.".to_owned(),
        };
        let text =
            format!("Up to and including the last day, or until what is written here happens. {otherwise}");
        let day = self.expires_on.map(long_date);
        let ends = vec![
            blank("Last day", 0.35, day),
            blank("or what ends it instead of a day", 0.65, self.expiry_event.clone()),
        ];
        Body::Several(vec![Body::Text(text), Body::Blanks(vec![ends])])
    }

    fn meaning(&self) -> Body {
        let to = Form::revoked_at(&self.owner.name, self.hub.as_deref());
        Body::Points(vec![
            format!(
                "You can take this release back at any time and without a reason: tell {to}, spoken, by phone or in writing. From then on nothing more is shown by it. What was seen until then stays seen."
            ),
            "You need not sign. Your care, its payment and what you have a right to do not depend on it."
                .to_owned(),
            "Who receives the records may pass them on, and the law may then no longer protect them."
                .to_owned(),
            "Each time a provider sees records of another is recorded, and you can ask for the list."
                .to_owned(),
            "You may have a copy of this form.".to_owned(),
        ])
    }

    /// Those of all types, each once.
    fn notices(&self) -> Option<String> {
        let mut notices: Vec<&str> = Vec::new();
        for notice in self.settings.iter().filter_map(|setting| setting.notice.as_deref()) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        (!notices.is_empty()).then(|| notices.join("\n\n"))
    }
}
