//! The words and rules of care coordination: values in, values or a refusal out.

pub(crate) mod directory;
