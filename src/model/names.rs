//! Short lists of words, such as the statuses of an offer: an enum and its names, written once.

use crate::named::Named;

/// An enum whose variants have names, used in the database, in JSON and on the command line. The comment of a
/// variant is its help.
///
/// ```ignore
/// names! {
///     /// How an offer stands.
///     pub(crate) enum OfferStatus {
///         Pending = "pending",
///         /// Another provider was first.
///         Closed = "closed",
///     }
/// }
/// ```
macro_rules! names {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(clap::ValueEnum, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        $vis enum $name {
            $($(#[$variant_meta])* #[serde(rename = $text)] #[value(name = $text)] $variant),*
        }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub(crate) fn name(self) -> &'static str {
                crate::named::Named::text(self)
            }

            pub(crate) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl crate::named::Named for $name {
            fn text(self) -> &'static &'static str {
                match self {
                    $(Self::$variant => &$text),*
                }
            }

            fn from_text(text: &str) -> Option<Self> {
                Self::from_name(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(crate) use names;

/// The one that a person means, in whatever case it is written; `what` says in the error what it is.
pub(crate) fn one_of<T: Named>(all: &[T], what: &str, text: &str) -> Result<T, String> {
    T::from_text(&text.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| *one.text()).collect();
        format!("{what} `{text}` is none of {}", names.join(", "))
    })
}
