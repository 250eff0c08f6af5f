//! The state of a hub as a file: how it is set up, without people and what happens to them (rule 7.31).

mod merge;
mod named;
mod steps;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::access::{Level, Permission};
use crate::model::alert::AlertKind;
use crate::model::resource;
use crate::model::sharing::DataType;

pub(crate) use steps::Step;

/// A value of which a file may not speak, which it may empty (`null`), or set.
pub(crate) type Said<T> = Option<Option<T>>;

/// A file of this form says so in its first line.
pub(crate) const FORM: u32 = 1;

/// A part of the file: keys that it must have, that it may have, that it may have as `null`, and what lies within it.
macro_rules! part {
    (
        $(#[$meta:meta])*
        $name:ident {
            needed { $($(#[$needed_doc:meta])* $needed:ident: $needed_type:ty),* $(,)? }
            optional { $($(#[$optional_doc:meta])* $optional:ident: $optional_type:ty),* $(,)? }
            said { $($(#[$said_doc:meta])* $said:ident: $said_type:ty),* $(,)? }
            within { $($(#[$within_doc:meta])* $within:ident: $within_type:ty),* $(,)? }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$needed_doc])* pub(crate) $needed: $needed_type,)*
            $(
                $(#[$optional_doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub(crate) $optional: Option<$optional_type>,
            )*
            $(
                $(#[$said_doc])*
                #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
                pub(crate) $said: Said<$said_type>,
            )*
            $(
                $(#[$within_doc])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub(crate) $within: Option<$within_type>,
            )*
        }
    };
}

part! {
    /// How a hub is set up. Of what is absent a file does not speak: it stays as it is. `null` empties a value.
    State {
        needed {
            /// The form of the file: 1.
            caredesk: u32,
        }
        optional {
            hub: Hub,
            /// The kinds of service, by name.
            categories: Vec<String>,
            queues: Vec<Queue>,
            providers: Vec<Provider>,
            accounts: Vec<Account>,
        }
        said {}
        within {}
    }
}

part! {
    /// The settings of the hub.
    Hub {
        needed {}
        optional {
            /// What it is called in documents.
            name: String,
            /// For how many days after the last visit that it has accepted a provider sees whose it was and where.
            contact_days: i64,
            /// For how many days a sharing request waits for an answer.
            request_days: i64,
        }
        said {
            /// From which age on a client signs for itself; null where it always does.
            signing_age: u32,
        }
        within {}
    }
}

part! {
    Queue {
        needed { name: String }
        optional { active: bool }
        said {}
        within {
            /// Its statuses in order, all of them; `:closed` makes one that closes a referral.
            statuses: Vec<String>,
            /// The resources that take its referrals, all of them; a provider stands for its agency record.
            resources: Vec<String>,
        }
    }
}

part! {
    Provider {
        needed { name: String }
        optional {
            /// Only where another provider or a program has the same name.
            code: String,
            active: bool,
        }
        said { email: String, phone: String, postal_code: String, url: String }
        within {
            /// Its agency record, which represents the whole provider.
            agency: Agency,
            programs: Vec<Program>,
            contracts: Vec<Contract>,
            /// How it shares each type of record, and with whom.
            sharing: BTreeMap<DataType, Sharing>,
        }
    }
}

part! {
    /// What the agency record says of itself.
    Agency {
        needed {}
        optional {
            /// Whether it takes referrals.
            state: resource::State,
        }
        said {
            description: String, eligibility: String, fees: String, application_process: String, email: String,
            url: String,
        }
        within {}
    }
}

part! {
    Program {
        needed { name: String }
        optional {
            /// Only where another resource has the same name.
            code: String,
            /// Whether it takes referrals.
            state: resource::State,
        }
        said {
            description: String, eligibility: String, fees: String, application_process: String, email: String,
            url: String,
        }
        within {}
    }
}

part! {
    Contract {
        needed { name: String }
        optional {
            /// Never needed: a name is one of its provider.
            code: String,
            /// The first day.
            starts_on: NaiveDate,
        }
        said {
            /// The last day, which still counts; null where it goes on.
            ends_on: NaiveDate,
        }
        within {
            /// The categories of its services, all of them.
            categories: Vec<String>,
        }
    }
}

part! {
    /// How a provider shares one type of record.
    Sharing {
        needed {}
        optional {
            /// 1 with all, 2 within a common category of service, 3 not at all.
            level: i64,
            client_by_client: bool,
            require_expiry: bool,
            /// Whether signed releases take the place of requests.
            release: bool,
        }
        said {
            default_days: i64,
            /// What goes with each record that others see.
            notice: String,
        }
        within {
            /// The providers that it is linked to, all of them.
            with: Vec<String>,
        }
    }
}

part! {
    Account {
        needed { login: String }
        optional { name: String, level: Level }
        said { email: String }
        within {
            active: bool,
            /// The permissions of a portal account, all of them.
            can: Vec<Permission>,
            /// The resources that a portal account acts for, all of them; a provider stands for its agency record.
            resources: Vec<String>,
            /// The kinds of alerts that it has switched off, all of them.
            alerts_off: Vec<AlertKind>,
        }
    }
}

/// `null` is said, and so is not the same as a key that is absent.
fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Said<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
