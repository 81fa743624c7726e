//! What the labels of the sets mean in the program's words.
//!
//! It does not know which spans a set gives them to.

use annotate::EntityKind;

/// The kind that a label of UNER, WNUT17, CrossNER, re3d or GUM stands for, in any case; none where it stands for none
/// (dates, amounts, metrics, works of art).
///
/// A person's profession is a person; a party, a band and a university are organisations; WNUT17's `group` too. re3d's
/// `Nationality` takes in religions and ethnic groups: a group. Its military platforms are what weapons are mounted on.
pub fn kind_of(label: &str) -> Option<EntityKind> {
    Some(match label.to_lowercase().as_str() {
        "per" | "person" | "politician" | "writer" | "musicalartist" | "scientist"
        | "researcher" => EntityKind::Person,
        "org" | "organisation" | "organization" | "corporation" | "group" | "politicalparty"
        | "band" | "university" => EntityKind::Organization,
        "loc" | "location" | "country" | "place" => EntityKind::Place,
        "facility" => EntityKind::Facility,
        "nationality" => EntityKind::Group,
        "weapon" | "militaryplatform" => EntityKind::Weapon,
        "event" | "election" | "conference" => EntityKind::Event,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_any_case() {
        assert_eq!(kind_of("PER"), Some(EntityKind::Person));
        assert_eq!(kind_of("Organisation"), Some(EntityKind::Organization));
        assert_eq!(kind_of("location"), Some(EntityKind::Place));
        assert_eq!(kind_of("Temporal"), None);
    }
}
