//! A candidate event for people: what, when, where, who; below it every speaker with act and figures.
//!
//! No figure stands before another but by the day on which it was said.

use super::claim_line::party;
use super::dispute::hanging;
use super::terminal::{Terminal, Tone, flat};
use crate::commands::{Codebook, EventRow, Told, figure};
use crate::contents::{Contents, day_of_claim};
use crate::lines::actor_code;
use annotate::{Act, Polarity, Role, Standing};
use link::SlotField;

/// The lines of an event.
#[must_use]
pub fn event_rows(
    row: &EventRow<'_>,
    contents: &Contents,
    book: &Codebook,
    terminal: Terminal,
) -> Vec<String> {
    let id = row.told.first().map_or_else(String::new, |told| {
        contents.short_claim(&told.found.claim.id)
    });
    let days = match row.days() {
        None => "undated".to_owned(),
        Some((first, last)) if first == last => first,
        Some((first, last)) => format!("{first} to {last}"),
    };
    let types: Vec<String> = row
        .types()
        .into_iter()
        .map(|kind| match book.kind(kind) {
            Some(code) => format!("{kind} ({})", flat(code)),
            None => kind.to_string(),
        })
        .collect();
    let mut head = format!("{id}  {days}  {}", types.join(", "));
    if let Some(place) = row.place(contents) {
        head.push_str(&format!(" · {}", flat(&place.name)));
    }
    for (role, word) in [
        (Role::Actor, "by"),
        (Role::Recipient, "to"),
        (Role::Object, "of"),
    ] {
        let names: Vec<String> = row
            .parties(role, contents)
            .into_iter()
            .map(
                |(entity, name)| match actor_code(entity, &name, contents, book) {
                    Some(code) => format!("{} ({})", flat(&name), flat(code)),
                    None => flat(&name),
                },
            )
            .collect();
        if !names.is_empty() {
            head.push_str(&format!(" · {word} {}", names.join(", ")));
        }
    }
    if row.is_contested {
        head.push_str(" [contested]");
    }
    if let Some((value, judgement)) = row.put_down(SlotField::Best, contents) {
        let by = flat(&judgement.decision.by_name);
        head.push_str(&format!(" [best {}, put down by {by}]", flat(value)));
    }
    let mut lines = hanging(&head, 0, 4, terminal);
    for told in &row.told {
        lines.extend(
            hanging(&told_words(told), 4, 4, terminal)
                .iter()
                .map(|line| terminal.paint(Tone::Faint, line)),
        );
    }
    lines
}

/// `2031-03-05  Radio Ennerath asserts: 19 or more civilians killed`
fn told_words(told: &Told<'_>) -> String {
    let (claim, reading) = (told.found.claim, told.found.reading);
    let day = day_of_claim(claim, &reading.document).unwrap_or_else(|| "undated".to_owned());
    let who = party(claim, &reading.document, &reading.annotations);
    let mut words = format!("{day}  {who} {}", claim.act);
    if let Some(quantity) = figure(told) {
        words.push_str(": ");
        words.push_str(&bounds(quantity.low, quantity.best, quantity.high));
        words.push_str(&format!(" {}", flat(&quantity.noun)));
        if let Some(effect) = quantity.effect {
            words.push_str(&format!(" {effect}"));
        }
    }
    if told.event.polarity == Polarity::Negative && claim.act != Act::Denies {
        words.push_str(" (that it did not)");
    }
    if claim.standing == Standing::Suggested {
        words.push_str(" [suggested]");
    }
    words
}

/// `low 19, best –, high –`, or the one number where it is exact.
fn bounds(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> String {
    let shown = |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |one| one.to_string());
    if low == high && low == best && low.is_some() {
        return shown(low);
    }
    format!(
        "low {}, best {}, high {}",
        shown(low),
        shown(best),
        shown(high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_are_dashes() {
        assert_eq!(bounds(Some(3.0), Some(3.0), Some(3.0)), "3");
        assert_eq!(
            bounds(Some(19.0), Some(19.0), None),
            "low 19, best 19, high –"
        );
    }
}
