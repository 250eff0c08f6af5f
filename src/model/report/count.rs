//! A count in a report, which may be masked.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Exact(i64),
    /// At least 1 and below this.
    Below(i64),
    /// At least as many as are not masked, but with it another number could be computed.
    Withheld,
}

impl Count {
    /// The number, unless it is masked.
    pub(crate) fn exact(self) -> Option<i64> {
        match self {
            Count::Exact(count) => Some(count),
            Count::Below(_) | Count::Withheld => None,
        }
    }

    /// What depends on so few people that their number is masked is masked too.
    pub(crate) fn guards<T>(self, value: Option<T>) -> Option<T> {
        self.exact().and(value)
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Count::Exact(0)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Count::Exact(count) => write!(f, "{count}"),
            Count::Below(least) => write!(f, "<{least}"),
            Count::Withheld => f.write_str("*"),
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Count::Exact(count) => serializer.serialize_i64(*count),
            masked => serializer.collect_str(masked),
        }
    }
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number; with `--mask` `<5` for one that is masked, and `*` for one with which that could be computed.",
            "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^(<\d+|\*)$"}]
        })
    }
}
