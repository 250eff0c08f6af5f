//! The files of HMIS CSV for the fiscal year 2024 that there is something for, each with all of its columns, and one of our own.

use crate::model::names::names;

names! {
    pub(crate) enum HmisFile {
        Export = "Export",
        Organization = "Organization",
        Project = "Project",
        User = "User",
        Client = "Client",
        Enrollment = "Enrollment",
        Exit = "Exit",
        /// Which the standard does not have.
        ReleaseOfInformation = "ReleaseOfInformation",
    }
}

impl HmisFile {
    pub(crate) fn columns(self) -> impl Iterator<Item = &'static str> + Clone {
        let columns = match self {
            HmisFile::Export => EXPORT,
            HmisFile::Organization => ORGANIZATION,
            HmisFile::Project => PROJECT,
            HmisFile::User => USER,
            HmisFile::Client => CLIENT,
            HmisFile::Enrollment => ENROLLMENT,
            HmisFile::Exit => EXIT,
            HmisFile::ReleaseOfInformation => RELEASE,
        };
        columns.split_whitespace()
    }
}

const EXPORT: &str = "\
    ExportID SourceType SourceID SourceName SourceContactFirst SourceContactLast SourceContactPhone SourceContactExtension \
    SourceContactEmail ExportDate ExportStartDate ExportEndDate SoftwareName SoftwareVersion CSVVersion ExportPeriodType \
    ExportDirective HashStatus ImplementationID";
const ORGANIZATION: &str = "\
    OrganizationID OrganizationName VictimServiceProvider OrganizationCommonName DateCreated DateUpdated UserID DateDeleted \
    ExportID";
const PROJECT: &str = "\
    ProjectID OrganizationID ProjectName ProjectCommonName OperatingStartDate OperatingEndDate ContinuumProject ProjectType \
    HousingType RRHSubType ResidentialAffiliation TargetPopulation HOPWAMedAssistedLivingFac PITCount DateCreated \
    DateUpdated UserID DateDeleted ExportID";
const USER: &str = "\
    UserID UserFirstName UserLastName UserPhone UserExtension UserEmail DateCreated DateUpdated DateDeleted ExportID";
const CLIENT: &str = "\
    PersonalID FirstName MiddleName LastName NameSuffix NameDataQuality SSN SSNDataQuality DOB DOBDataQuality AmIndAKNative \
    Asian BlackAfAmerican HispanicLatinaeo MidEastNAfrican NativeHIPacific White RaceNone AdditionalRaceEthnicity Woman Man \
    NonBinary CulturallySpecific Transgender Questioning DifferentIdentity GenderNone DifferentIdentityText VeteranStatus \
    YearEnteredService YearSeparated WorldWarII KoreanWar VietnamWar DesertStorm AfghanistanOEF IraqOIF IraqOND OtherTheater \
    MilitaryBranch DischargeStatus DateCreated DateUpdated UserID DateDeleted ExportID";
const ENROLLMENT: &str = "\
    EnrollmentID PersonalID ProjectID EntryDate HouseholdID RelationshipToHoH EnrollmentCoC LivingSituation \
    RentalSubsidyType LengthOfStay LOSUnderThreshold PreviousStreetESSH DateToStreetESSH TimesHomelessPastThreeYears \
    MonthsHomelessPastThreeYears DisablingCondition DateOfEngagement MoveInDate DateOfPATHStatus ClientEnrolledInPATH \
    ReasonNotEnrolled PercentAMI ReferralSource CountOutreachReferralApproaches DateOfBCPStatus EligibleForRHY \
    ReasonNoServices RunawayYouth SexualOrientation SexualOrientationOther FormerWardChildWelfare ChildWelfareYears \
    ChildWelfareMonths FormerWardJuvenileJustice JuvenileJusticeYears JuvenileJusticeMonths UnemploymentFam \
    MentalHealthDisorderFam PhysicalDisabilityFam AlcoholDrugUseDisorderFam InsufficientIncome IncarceratedParent \
    VAMCStation TargetScreenReqd TimeToHousingLoss AnnualPercentAMI LiteralHomelessHistory ClientLeaseholder HOHLeaseholder \
    SubsidyAtRisk EvictionHistory CriminalRecord IncarceratedAdult PrisonDischarge SexOffender DisabledHoH CurrentPregnant \
    SingleParent DependentUnder6 HH5Plus CoCPrioritized HPScreeningScore ThresholdScore TranslationNeeded PreferredLanguage \
    PreferredLanguageDifferent DateCreated DateUpdated UserID DateDeleted ExportID";
const EXIT: &str = "\
    ExitID EnrollmentID PersonalID ExitDate Destination DestinationSubsidyType OtherDestination HousingAssessment \
    SubsidyInformation ProjectCompletionStatus EarlyExitReason ExchangeForSex ExchangeForSexPastThreeMonths \
    CountOfExchangeForSex AskedOrForcedToExchangeForSex AskedOrForcedToExchangeForSexPastThreeMonths \
    WorkplaceViolenceThreats WorkplacePromiseDifference CoercedToContinueWork LaborExploitPastThreeMonths CounselingReceived \
    IndividualCounseling FamilyCounseling GroupCounseling SessionCountAtExit PostExitCounselingPlan SessionsInPlan \
    DestinationSafeClient DestinationSafeWorker PosAdultConnections PosPeerConnections PosCommunityConnections AftercareDate \
    AftercareProvided EmailSocialMedia Telephone InPersonIndividual InPersonGroup CMExitReason DateCreated DateUpdated \
    UserID DateDeleted ExportID";
const RELEASE: &str = "\
    ReleaseOfInformationID PersonalID OrganizationID DataType StartDate EndDate RevokedDate Recipients Purpose SignedBy \
    DateCreated DateUpdated UserID DateDeleted ExportID";
