//! What `client show` says beside the client: what a call about a person is about.

use super::client::{Client, Planned};
use super::package::PackageStatus;
use super::search_key::words_of_name;
use crate::model::prelude::*;
use crate::model::sharing::DataType;

view! {
    /// A referral that is open.
    pub(crate) struct OpenReferral("referral", |view| &view.code) {
        code: String => Code,
        queue: String => Text,
        status: String => Code,
        /// The code of the resource that it is at.
        resource: Option<String> => Code(hidden),
        resource_name: Option<String> => Name,
        /// Since when it is there; where it is at none, since when it is in the queue.
        since_at: DateTime<Utc> => Age,
    }
}

view! {
    /// A package that waits for an answer, or was accepted, and has visits to come.
    pub(crate) struct OpenPackage("package", |view| &view.code) {
        code: String => Code,
        reference: String => Text,
        referral: String => Code(rank 2),
        status: PackageStatus => Status,
        /// The code of the provider that has accepted.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name,
        /// How many providers can answer now.
        waiting_for: i64 => Number(rank 1),
    }
}

view! {
    /// A visit to come.
    pub(crate) struct NextVisit("visit", |view| &view.code) {
        code: String => Code,
        start: DateTime<Utc> => Instant,
        duration_minutes: i64 => Minutes,
        referral: String => Code(rank 1),
        /// The code of the provider that has it.
        provider: Option<String> => Code(hidden),
        provider_name: Option<String> => Name,
    }
}

view! {
    /// A provider at which the client is active.
    pub(crate) struct EnrolledAt("enrolment", |view| &view.provider) {
        provider: String => Code,
        provider_name: String => Name,
        since_on: NaiveDate => Date,
    }
}

view! {
    /// What a provider sees of the records of another.
    pub(crate) struct SharedWith("sharing", |view| &view.recipient) {
        recipient: String => Code(hidden),
        recipient_name: String => Name,
        owner: String => Code(hidden),
        owner_name: String => Name,
        types: Vec<DataType> => Text,
        records: i64 => Number,
    }
}

view! {
    /// Another client with the same birth date, and a name alike.
    pub(crate) struct Twin("client", |view| &view.code) {
        code: String => Code,
        given: String => Text,
        family: String => Text,
    }
}

view! {
    /// A client with what a copy of it has beside.
    pub(crate) struct ClientFile("client", |view| &view.client.code) {
        ..client: Client,
        /// Valid releases of all owners and types (rule 3.7).
        active_releases: i64 => Number,
        /// For who has died: what is still planned or asked, with the commands that end it.
        still_planned: Vec<Planned> => Many,
    }
}

view! {
    /// A client with what is open about it, as the hub sees it.
    pub(crate) struct ClientCard("client", |view| &view.file.client.code) {
        ..file: ClientFile,
        open_referrals: Vec<OpenReferral> => Many,
        /// Those that wait for an answer or were accepted, and have visits to come.
        packages: Vec<OpenPackage> => Many,
        /// The next three.
        next_visits: Vec<NextVisit> => Many,
        /// Where the client is active.
        enrolments: Vec<EnrolledAt> => Many,
        /// Which provider sees what of another.
        shared_with: Vec<SharedWith> => Many,
        /// Others with the same birth date and a name alike: the same person, or a twin.
        same_birth_date: Vec<Twin> => Many,
    }
}

impl Twin {
    /// None where the names have no word in common, and are not alike.
    pub(crate) fn of(client: &Client, other: &Client) -> Option<Twin> {
        let (here, there) = (client.full_name(), other.full_name());
        let has_word_in_common =
            words_of_name(&here).intersection(&words_of_name(&there)).any(|word| word.chars().count() > 1);
        let is_alike = has_word_in_common || !text::nearest(&here, [&*there].into_iter()).is_empty();
        let are_known = !client.anonymous && !other.anonymous;
        (is_alike && are_known && client.id != other.id)
            .then(|| cloned! { other => Twin { code, given, family } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_have_names_alike() {
        let client = |number, given: &str, family: &str| {
            Client::named(ClientId::from_u128(number), String::new(), given.into(), family.into())
        };
        let ada = client(1, "Ada", "Brook");
        for (given, family, expected) in
            [("Ida", "Brook", true), ("Ada", "Marsh", true), ("Adda", "Brock", true), ("Bo", "Quill", false)]
        {
            assert_eq!(Twin::of(&ada, &client(2, given, family)).is_some(), expected, "{given} {family}");
        }
        assert_eq!(Twin::of(&ada, &ada), None);
    }
}
