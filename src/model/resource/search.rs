//! What is searched for in a directory: words and how much each counts, distances.

use super::ResourceKind;
use crate::model::directory::{Coordinates, DetailKind};
use crate::model::prelude::*;

/// A shorter word says nothing.
const SHORTEST: usize = 2;

/// The words of a folded text.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().nth(SHORTEST - 1).is_some())
}

/// Where a word stands decides how much it counts; a heavier place is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    Description,
    /// Where and for whom it is.
    Circumstance,
    Provider,
    Category,
    Name,
}

impl Weight {
    /// A word of a name outweighs all that a description can add for another, the more so the less else the name says.
    pub(crate) fn points(self, words: usize) -> i64 {
        let share = |most: i64| most / i64::try_from(words).unwrap_or(i64::MAX).max(1);
        match self {
            Weight::Description => 1,
            Weight::Circumstance => 2,
            Weight::Provider => 3,
            Weight::Category => 6 + share(4),
            Weight::Name => 10 + share(10),
        }
    }

    pub(crate) fn of_detail(kind: DetailKind) -> Self {
        match kind {
            DetailKind::Category | DetailKind::Keyword => Weight::Category,
            DetailKind::Area | DetailKind::Language | DetailKind::Audience | DetailKind::Age => {
                Weight::Circumstance
            }
            _ => Weight::Description,
        }
    }
}

view! {
    /// A resource that was found, with what decides whether it fits.
    pub(crate) struct FoundResource("resource", |view| &view.code, &view.name) {
        code: String => Code,
        name: String => Text,
        /// The code of its provider.
        provider: String => Code(hidden),
        provider_name: String => Name(rank 1),
        kind: ResourceKind => Status(hidden),
        description: Option<String> => Text(hidden),
        /// Its categories in its directory.
        categories: Vec<String> => Text(rank 2),
        phone: Option<String> => Code(rank 3),
        postal_code: Option<String> => Code(rank 4),
        /// Kilometres from the postal code that was asked for, as the crow flies.
        distance_km: Option<f64> => Number,
        /// How many more referrals it can take; none if it does not say.
        places_left: Option<i64> => Number(rank 5),
        /// What is noted beside its capacity in force.
        capacity_note: Option<String> => Text(rank 6),
    }
}

/// Where something is near to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Near {
    /// In capitals, without blanks.
    pub(crate) postal_key: String,
    /// None if no place of that postal code has coordinates.
    pub(crate) place: Option<Coordinates>,
}

impl Coordinates {
    /// The length of a degree of longitude here, in thousandths of one of latitude.
    pub(crate) fn longitude_scale(self) -> i64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 1,000")]
        let scale = ((self.latitude as f64 / 1e6).to_radians().cos() * 1_000.0).round() as i64;
        scale
    }

    /// On a sphere, to a tenth.
    pub(crate) fn kilometres_to(self, other: Coordinates) -> f64 {
        const RADIUS: f64 = 6_371.0;
        #[expect(clippy::cast_precision_loss, reason = "at most nine digits")]
        let radians = |millionths: i64| (millionths as f64 / 1e6).to_radians();
        let (north, other_north) = (radians(self.latitude), radians(other.latitude));
        let half = |from: i64, to: i64| (radians(to - from) / 2.0).sin().powi(2);
        let chord = half(self.latitude, other.latitude)
            + north.cos() * other_north.cos() * half(self.longitude, other.longitude);
        (2.0 * RADIUS * chord.sqrt().asin() * 10.0).round() / 10.0
    }
}

/// `m1 1aa` as `M11AA`.
pub(crate) fn postal_key(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::fold;

    #[test]
    fn words_are_folded_and_parted_at_signs() {
        let text = fold("Zoë's Food-Pantry, 24 h a day");
        let found: Vec<&str> = words(&text).collect();
        assert_eq!(found, ["zoe", "food", "pantry", "24", "day"]);
    }

    #[test]
    fn a_name_outweighs_a_description() {
        assert!(Weight::Name.points(9) > 3 * Weight::Description.points(1));
        assert!(Weight::Name.points(2) > Weight::Name.points(5), "a short name says it more plainly");
        assert!(Weight::Name > Weight::Category && Weight::Category > Weight::Description);
    }

    #[test]
    fn distances_are_those_of_a_map() {
        let at = |latitude, longitude| Coordinates { latitude, longitude };
        let (london, paris) = (at(51_507_400, -127_800), at(48_856_600, 2_352_200));
        assert!((london.kilometres_to(paris) - 343.5).abs() < 1.0);
        assert_eq!(london.longitude_scale(), 622);
        assert_eq!(postal_key(" m1 1aa"), "M11AA");
    }
}
