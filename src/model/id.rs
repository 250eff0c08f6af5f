//! The ids of all nouns.

use crate::id::Id;

macro_rules! ids {
    ($($id:ident: $noun:ident),* $(,)?) => {
        /// The kinds of ids; marker types without values.
        pub(crate) mod noun {
            $(pub(crate) enum $noun {})*
        }
        $(pub(crate) type $id = Id<noun::$noun>;)*
    };
}

ids! {
    AccountId: Account,
    AlertId: Alert,
    AnswerId: Answer,
    AttemptId: Attempt,
    CapacityId: Capacity,
    CategoryId: Category,
    ClientId: Client,
    ContactId: Contact,
    ContractCategoryId: ContractCategory,
    ContractId: Contract,
    DirectoryId: Directory,
    DisclosureId: Disclosure,
    EnrolmentId: Enrolment,
    EventId: Event,
    HubId: Hub,
    LinkId: Link,
    MailId: Mail,
    OfferId: Offer,
    OperationId: Operation,
    PackageId: Package,
    ProviderId: Provider,
    QueueId: Queue,
    RecordId: Record,
    ReferralId: Referral,
    ReleaseId: Release,
    RequestId: Request,
    ResourceId: Resource,
    SettingId: Setting,
    StatusId: Status,
    TermId: Term,
    VisitId: Visit,
}
