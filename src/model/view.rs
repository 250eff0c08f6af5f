//! Views: the fields of a thing, in order, under the names that scripts rely on. A view is written once, with
//! `view!`, which defines the struct, its fields, the columns of its table and its JSON Schema.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

const fn first_key(fields: &[Field]) -> &'static str {
    match fields {
        [first, ..] => first.key,
        [] => "",
    }
}

/// A thing that commands list, show and change.
pub(crate) trait View: Serialize + JsonSchema {
    /// The name of the kind in messages, such as `package`.
    const NOUN: &'static str;
    /// Every key that it serialises to, in the same order.
    const FIELDS: &'static [Field];
    /// The key that holds the code.
    const CODE_KEY: &'static str = first_key(Self::FIELDS);
    /// The code that people quote, and all that `-q` prints.
    fn code(&self) -> Cow<'_, str>;
    /// What people call it, where that is not its code.
    fn name(&self) -> Option<&str> {
        None
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) kind: FieldKind,
    /// Whether a table shows it by default.
    pub(crate) shown: bool,
    /// Where a table has no room for all columns, those that say nothing are left out first, then that of the highest rank,
    /// of several the last; the first column never.
    pub(crate) rank: u8,
    /// Whether the line below a long list says how many rows have it.
    pub(crate) is_counted: bool,
}

/// How a field is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// A code, login or number that people quote. Never cut or broken, as all others but texts and names.
    Code,
    /// The login of an account, which people see marked where that is disabled.
    Login,
    /// Several of these, which wrap.
    Logins,
    /// Free text, which wraps.
    Text,
    /// What a thing is called: a text, headed by the thing if the code of that has no column.
    Name,
    /// From a short list of the program: `in_force` for scripts, `in force` for people.
    Status,
    /// An appointment or evidence: date and hour in the hub's time zone; scripts get UTC.
    Instant,
    /// Something that has happened: how long ago, where a person looks at a list; scripts get UTC.
    Age,
    Date,
    /// Right-aligned.
    Number,
    /// A length of time: `45 min` for people, a number for scripts.
    Minutes,
    /// How long something lasted: `2 h` or `3 days` for people, minutes for scripts.
    Span,
    YesNo,
    /// A list, of which a table shows the length.
    Many,
}

impl Field {
    pub(crate) const fn shown(key: &'static str, kind: FieldKind) -> Self {
        Field { key, kind, shown: true, rank: 0, is_counted: false }
    }

    pub(crate) const fn hidden(key: &'static str, kind: FieldKind) -> Self {
        Field { key, kind, shown: false, rank: 0, is_counted: false }
    }

    pub(crate) const fn ranked(key: &'static str, kind: FieldKind, rank: u8) -> Self {
        Field { key, kind, shown: true, rank, is_counted: false }
    }

    pub(crate) const fn counted(key: &'static str, kind: FieldKind) -> Self {
        Field { key, kind, shown: false, rank: 0, is_counted: true }
    }
}

/// Concatenates the fields of an inner view and its own.
pub(crate) const fn joined<const N: usize>(first: &[Field], second: &[Field]) -> [Field; N] {
    let mut all = [Field::hidden("", FieldKind::Text); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { second[at - first.len()] };
        at += 1;
    }
    all
}

/// Defines a view: its noun, what people quote (and, where that is not enough, call it), its fields. Each field
/// has a kind, and in parentheses what differs from the default: `hidden` if a table shows it only on request,
/// `counted` if the line below a list says how many rows have it instead, `rank N` for leaving it out, `as "key"` if the key is a Rust keyword. The first entries may be `@id: Type`,
/// which is not shown, and `..inner: Inner`, which includes all fields of another view.
///
/// ```ignore
/// view! {
///     /// A category of service.
///     pub(crate) struct CategoryView("category", |view| &view.name) {
///         name: String => Code,
///         contracts: i64 => Number(hidden),
///     }
/// }
/// ```
macro_rules! view {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($noun:literal, |$view:ident| $code:expr $(, $called:expr)?) $(by $code_key:literal)? {
            $(@$kept:ident: $kept_type:ty,)*
            $(..$inner:ident: $inner_type:ty,)?
            $($(#[$field_meta:meta])* $field:ident $(as $key:literal)?: $type:ty => $kind:ident $(($($how:tt)+))?),* $(,)?
        }
    ) => {
        #[derive(Clone, Debug, PartialEq, serde::Serialize, schemars::JsonSchema)]
        $(#[$meta])*
        $vis struct $name {
            $(#[serde(skip)] pub(crate) $kept: $kept_type,)*
            $(#[serde(flatten)] pub(crate) $inner: $inner_type,)?
            $($(#[$field_meta])* $(#[serde(rename = $key)])? pub(crate) $field: $type),*
        }

        impl $crate::model::view::View for $name {
            const NOUN: &'static str = $noun;
            const FIELDS: &'static [$crate::model::view::Field] = $crate::model::view::fields!(
                [$($inner_type)?] [$($crate::model::view::field!($field [$($key)?] $kind $(($($how)+))?)),*]
            );

            $(const CODE_KEY: &'static str = $code_key;)?

            fn code(&self) -> std::borrow::Cow<'_, str> {
                let $view = self;
                std::borrow::Cow::from($code)
            }

            $(fn name(&self) -> Option<&str> {
                let $view = self;
                Some($called)
            })?
        }
    };
}

/// A struct whose fields are cloned from those of the same name of another; a field with a value has that value.
///
/// ```ignore
/// cloned! { self => CategoryView { name, contracts: self.contracts.len() } }
/// ```
macro_rules! cloned {
    ($from:expr => $type:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {
        $type { $($field: $crate::model::view::cloned!(@ $from, $field $(, $value)?)),* }
    };
    (@ $from:expr, $field:ident) => { $from.$field.clone() };
    (@ $from:expr, $field:ident, $value:expr) => { $value };
}

/// The fields of a view, after those of its inner view.
macro_rules! fields {
    ([] $own:expr) => {
        &$own
    };
    ([$inner:ty] $own:expr) => {{
        use $crate::model::view::{Field, View, joined};
        const INNER: &[Field] = <$inner as View>::FIELDS;
        const OWN: &[Field] = &$own;
        &joined::<{ INNER.len() + OWN.len() }>(INNER, OWN)
    }};
}

/// One field of a view.
macro_rules! field {
    ($field:ident [] $($rest:tt)+) => {
        $crate::model::view::field!(@ stringify!($field), $($rest)+)
    };
    ($field:ident [$key:literal] $($rest:tt)+) => {
        $crate::model::view::field!(@ $key, $($rest)+)
    };
    (@ $key:expr, $kind:ident) => {
        $crate::model::view::Field::shown($key, $crate::model::view::FieldKind::$kind)
    };
    (@ $key:expr, $kind:ident (hidden)) => {
        $crate::model::view::Field::hidden($key, $crate::model::view::FieldKind::$kind)
    };
    (@ $key:expr, $kind:ident (counted)) => {
        $crate::model::view::Field::counted($key, $crate::model::view::FieldKind::$kind)
    };
    (@ $key:expr, $kind:ident (rank $rank:literal)) => {
        $crate::model::view::Field::ranked($key, $crate::model::view::FieldKind::$kind, $rank)
    };
}

pub(crate) use {cloned, field, fields, view};

#[cfg(test)]
mod tests {
    use super::*;

    view! {
        /// What is inside.
        struct Inner("thing", |view| &view.code) {
            code: String => Code,
            /// When it was created.
            number as "type": Option<i64> => Number(hidden),
        }
    }

    view! {
        struct Outer("thing", |view| &view.inner.code) {
            ..inner: Inner,
            notes: Vec<String> => Many(rank 7),
        }
    }

    fn outer() -> Outer {
        Outer { inner: Inner { code: "X-1".to_owned(), number: None }, notes: Vec::new() }
    }

    #[test]
    fn the_fields_are_the_keys_in_their_order() {
        let fields = serde_json::to_value(outer()).unwrap();
        let keys: Vec<&String> = fields.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "type", "notes"]);
        assert_eq!(
            Outer::FIELDS.iter().map(|field| field.key).collect::<Vec<_>>(),
            ["code", "type", "notes"]
        );
        assert_eq!(
            Outer::FIELDS.iter().filter(|field| field.shown).map(|field| field.rank).collect::<Vec<_>>(),
            [0, 7]
        );
        assert_eq!((&*outer().code(), Outer::NOUN), ("X-1", "thing"));
    }

    #[test]
    fn the_schema_requires_every_key_and_says_what_it_means() {
        let schema = serde_json::to_value(schemars::schema_for!(Outer)).unwrap();
        assert_eq!(schema["properties"]["type"]["description"], "When it was created.");
        assert_eq!(schema["properties"]["notes"]["type"], "array");
    }
}
