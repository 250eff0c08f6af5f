//! A client: a person who receives care.
use uuid::Uuid;
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) given: String,
    pub(crate) family: String,
}
impl Client {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}
