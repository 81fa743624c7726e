//! How many people were killed or injured: our quantities of a report against the numbers of its key.
//!
//! A case is a line `HUM TGT: NUMBER` with one exact number over 1 whose people the template gives the effect DEATH or INJURY, alone or as an
//! alternative. It is right where a quantity of the report has that number as its best or as its low and high, and the effect killed or
//! injured, whichever the key gives. Beside that the number alone, whatever its effect. What the shares cannot say: one quantity may answer
//! several lines, and clashes among armed parties are in no key, so that of our quantities with an effect many rightly stand in none.

use super::keys::{People, Template};
use annotate::{Effect, Quantity};

/// Counts over templates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: usize,
    pub with_number: usize,
    pub with_effect: usize,
    /// Quantities of people over 1 with the effect killed or injured.
    pub ours: usize,
    /// Of these, the ones whose number stands in a key of the report.
    pub in_key: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.with_number += other.with_number;
        self.with_effect += other.with_effect;
        self.ours += other.ours;
        self.in_key += other.in_key;
    }
}

/// Counts of one report that has templates, and its lines without a right answer: number, effects, ours with that number.
pub fn count(templates: &[Template], quantities: &[Quantity]) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let mut misses = Vec::new();
    let lines = templates.iter().flat_map(|template| &template.people);
    for (people, number) in lines.filter_map(|people| Some((people, case(people)?))) {
        let same: Vec<&Quantity> = quantities
            .iter()
            .filter(|quantity| number_of(quantity) == Some(number))
            .collect();
        let has_effect = |quantity: &&Quantity| match quantity.effect {
            Some(Effect::Killed) => people.is_dead,
            Some(Effect::Injured) => people.is_injured,
            _ => false,
        };
        let is_right = same.iter().any(has_effect);
        tally.lines += 1;
        tally.with_number += usize::from(!same.is_empty());
        tally.with_effect += usize::from(is_right);
        if !is_right {
            let ours = same.iter().map(|quantity| {
                let effect = quantity.effect.map_or("no effect", Effect::as_str);
                format!(" | {} {}: {effect}", quantity.unit, quantity.noun)
            });
            let wanted = match (people.is_dead, people.is_injured) {
                (true, true) => "killed or injured",
                (true, false) => "killed",
                _ => "injured",
            };
            misses.push(format!("{number} {wanted}{}", ours.collect::<String>()));
        }
    }
    let befell = quantities.iter().filter(|quantity| {
        quantity.unit == "person"
            && matches!(quantity.effect, Some(Effect::Killed | Effect::Injured))
    });
    for number in befell.filter_map(number_of).filter(|number| *number > 1) {
        let mut keyed = templates.iter().flat_map(|template| &template.numbers);
        tally.ours += 1;
        tally.in_key += usize::from(keyed.any(|keyed| *keyed == number));
    }
    (tally, misses)
}

/// The number of a line that is a case.
fn case(people: &People) -> Option<u64> {
    let befell = people.is_dead || people.is_injured;
    people.number.filter(|number| befell && *number > 1)
}

/// The number said, where it is one whole number.
fn number_of(quantity: &Quantity) -> Option<u64> {
    let number = quantity
        .best
        .or(quantity.low.filter(|_| quantity.low == quantity.high))?;
    // Whole numbers are written without a fraction.
    number.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use annotate::{Hedge, Scope};
    use text::Span;

    fn quantity(number: f64, effect: Option<Effect>) -> Quantity {
        Quantity {
            span: Span::new(0, 1),
            low: Some(number),
            best: Some(number),
            high: Some(number),
            hedge: Hedge::Exact,
            unit: "person".to_owned(),
            noun: "farmers".to_owned(),
            effect,
            scope: Scope::Event,
            part: false,
        }
    }

    #[test]
    fn lines_need_number_and_effect() {
        let people = |number, is_dead, is_injured| People {
            number,
            is_dead,
            is_injured,
        };
        let template = Template {
            report: "R".to_owned(),
            name: "1".to_owned(),
            incident: String::new(),
            date: "-".to_owned(),
            dates: Vec::new(),
            strings: Vec::new(),
            people: vec![
                people(Some(5), true, false),
                people(Some(7), false, true),
                people(Some(9), false, false),
                people(Some(1), true, false),
                people(None, true, false),
            ],
            numbers: vec![5, 7, 9],
        };
        let ours = [
            quantity(5.0, Some(Effect::Killed)),
            quantity(7.0, Some(Effect::Killed)),
            quantity(8.0, Some(Effect::Injured)),
            quantity(9.5, Some(Effect::Injured)),
            quantity(9.0, None),
        ];
        let (tally, misses) = count(&[template], &ours);
        assert_eq!(misses, ["7 injured | person farmers: killed"]);
        let wanted = Tally {
            lines: 2,
            with_number: 2,
            with_effect: 1,
            ours: 3,
            in_key: 2,
        };
        assert_eq!(tally, wanted);
    }
}
