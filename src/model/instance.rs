//! A day of home-care visits from planning research: a realistic schedule without real people.

/// The visits of one instance, in the order of its file.
#[derive(Debug)]
pub(crate) struct Instance {
    /// The name of the file without its extension; the name inside the file is only that of a town.
    pub(crate) name: String,
    pub(crate) visits: Vec<InstanceVisit>,
    pub(crate) rejects: Vec<InstanceReject>,
}

/// One visit by one caregiver. A patient who needs two caregivers has two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InstanceVisit {
    pub(crate) patient: String,
    pub(crate) service: String,
    /// Minutes from the start of the day, 0 to 1439.
    pub(crate) start_minute: i64,
    /// Minutes, 1 to 1440.
    pub(crate) duration_minutes: i64,
    /// `instance/patient/service/ordinal`, the ordinal counting the patient's visits from 1; stable between
    /// readings.
    pub(crate) source_id: String,
}

/// An invalid patient or visit, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InstanceReject {
    /// None if the patient has no id.
    pub(crate) patient: Option<String>,
    pub(crate) place: String,
    pub(crate) reason: String,
}
