//! A dispute whole: the question, its answers in the order in which they were first said, how they stand to each other.
//!
//! It does not say which answer is right: no order, colour or word of it does.

use super::claim_line::{Layout, Spoken, spoken};
use super::coverage::{coverage_lines, no_reply};
use super::record::judged_words;
use super::row::reference;
use super::terminal::{Terminal, Tone, flat, wrap};
use crate::contents::{Contents, Found, day};
use crate::lines::Evidence;
use link::{LinkZone, Matter, Position, RelationKind, State};

/// How much of each answer to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Most claims of a position; the rest is counted.
    pub claims: usize,
    /// Whether each claim is followed by where it stands.
    pub places: Places,
}

/// Whether each claim is followed by its document and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// It is.
    Shown,
    /// It is not.
    Hidden,
}

impl Detail {
    /// Everything.
    pub const WHOLE: Self = Self {
        claims: usize::MAX,
        places: Places::Shown,
    };
}

/// The lines of a dispute, the coverage at their end.
#[must_use]
pub fn dispute_lines(
    matter: &Matter,
    contents: &Contents,
    detail: Detail,
    terminal: Terminal,
) -> Vec<String> {
    let mut lines = answer_lines(matter, contents, detail, terminal);
    lines.push(String::new());
    lines.extend(coverage_lines(&contents.coverage, terminal));
    lines
}

/// The lines of a dispute without the coverage, which whoever prints them owes.
#[must_use]
pub fn answer_lines(
    matter: &Matter,
    contents: &Contents,
    detail: Detail,
    terminal: Terminal,
) -> Vec<String> {
    let mut lines: Vec<String> = wrap(&flat(&matter.question), terminal.width)
        .iter()
        .map(|line| terminal.paint(Tone::Head, line))
        .collect();
    lines.extend(
        wrap(&heading(matter, contents), terminal.width)
            .iter()
            .map(|line| terminal.paint(Tone::Faint, line)),
    );
    for (effect, judgement) in contents.judged_matter(&matter.id) {
        let words = format!("Judged: {}", judged_words(effect, judgement));
        lines.extend(hanging(&words, 0, 3, terminal));
    }
    let behind: Vec<Vec<(Found<'_>, Spoken)>> = matter
        .positions
        .iter()
        .map(|position| claims(position, contents))
        .collect();
    // One width for all answers, so that their claims can be read against each other.
    let said = behind.iter().flatten().map(|(_, said)| said);
    let layout = Layout::new(said, 3, terminal);
    for (position, claims) in matter.positions.iter().zip(&behind) {
        lines.push(String::new());
        lines.extend(head_lines(position, terminal));
        lines.extend(said_lines(claims, layout, contents, detail, terminal));
    }
    if matter.state == State::Unanswered {
        lines.push(String::new());
        lines.extend(wrap(&no_reply(&contents.coverage), terminal.width));
    }
    if !matter.relations.is_empty() {
        lines.push(String::new());
    }
    for relation in &matter.relations {
        let value = |id: &str| {
            matter
                .positions
                .iter()
                .find(|position| position.id == id)
                .map_or_else(|| flat(id), |position| flat(&position.value))
        };
        let reasons: Vec<String> = relation
            .reasons
            .iter()
            .map(|reason| flat(reason).trim_end_matches('.').to_owned())
            .collect();
        let sentence = format!(
            "({}) {} ({}){}{}",
            value(&relation.from),
            relation_words(relation.kind),
            value(&relation.to),
            if reasons.is_empty() { "" } else { ": " },
            reasons.join("; ")
        );
        lines.extend(hanging(&sentence, 0, 3, terminal));
    }
    lines
}

/// How a state is said.
#[must_use]
pub fn state_words(state: State) -> &'static str {
    match state {
        State::Contested => "contested",
        State::OneAnswer => "one answer",
        State::Unanswered => "unanswered",
        State::NotContestedHere => "not contested here",
    }
}

/// Text over as many lines as it takes, the first after `indent` spaces, the others after `indent + hang`.
#[must_use]
pub fn hanging(text: &str, indent: usize, hang: usize, terminal: Terminal) -> Vec<String> {
    let room = terminal.width.saturating_sub(indent + hang);
    wrap(text, room)
        .into_iter()
        .enumerate()
        .map(|(row, line)| {
            let spaces = if row == 0 { indent } else { indent + hang };
            format!("{}{line}", " ".repeat(spaces))
        })
        .collect()
}

fn heading(matter: &Matter, contents: &Contents) -> String {
    let mut parts = vec![
        state_words(matter.state).to_owned(),
        matter.kind.as_str().to_owned(),
    ];
    let place = matter
        .place
        .as_deref()
        .and_then(|id| contents.entity(id))
        .map(|entity| flat(&entity.name));
    parts.extend(place);
    parts.push(matter.id.clone());
    parts.join(" · ")
}

/// The claims behind an answer.
fn claims<'a>(position: &Position, contents: &'a Contents) -> Vec<(Found<'a>, Spoken)> {
    position
        .claims
        .iter()
        .filter_map(|behind| {
            let found = contents.claim(&behind.document, &behind.claim)?;
            let mut said = spoken(found.claim, found.reading);
            if behind.link == LinkZone::Suggested {
                said.suggest();
            }
            Some((found, said))
        })
        .collect()
}

/// An answer, who gives it, and its counts.
fn head_lines(position: &Position, terminal: Terminal) -> Vec<String> {
    let mut parties: Vec<String> = Vec::new();
    for party in &position.parties {
        let name = flat(&party.name);
        if !parties.contains(&name) {
            parties.push(name);
        }
    }
    let value = flat(&position.value);
    let head = if parties.is_empty() {
        value.clone()
    } else {
        format!("{value} – says {}", parties.join(", "))
    };
    let mut lines = hanging(&head, 0, 3, terminal);
    if let Some(rest) = lines[0].strip_prefix(&value) {
        lines[0] = format!("{}{rest}", terminal.paint(Tone::Head, &value));
    }
    lines.extend(hanging(&counts(position), 3, 2, terminal));
    lines
}

fn said_lines(
    claims: &[(Found<'_>, Spoken)],
    layout: Layout,
    contents: &Contents,
    detail: Detail,
    terminal: Terminal,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (found, said) in claims.iter().take(detail.claims) {
        lines.extend(said.whole(layout));
        if detail.places == Places::Shown {
            let indent = layout.quote_column();
            let id = contents.short_claim(&found.claim.id);
            let document = &found.reading.document;
            let room = terminal.width.saturating_sub(indent);
            let place = reference(&id, document, contents, room);
            lines.extend(place.iter().map(|line| {
                format!(
                    "{}{}",
                    " ".repeat(indent),
                    terminal.paint(Tone::Faint, line)
                )
            }));
        }
    }
    let hidden = claims.len().saturating_sub(detail.claims);
    if hidden > 0 {
        lines.push(terminal.paint(
            Tone::Faint,
            &format!("   … and {hidden} more in this answer"),
        ));
    }
    lines
}

/// `speakers 2 · separate texts 1–2 · articles 3`
fn counts(position: &Position) -> String {
    let texts = if position.origins_low == position.origins_high {
        position.origins_low.to_string()
    } else {
        format!("{}–{}", position.origins_low, position.origins_high)
    };
    let mut counts = format!(
        "speakers {} · separate texts {texts} · articles {}",
        position.speakers, position.articles
    );
    match (&position.first_said, &position.last_said) {
        (Some(first), Some(last)) if day(first) != day(last) => {
            counts.push_str(&format!(
                " · said {} to {}",
                flat(day(first)),
                flat(day(last))
            ));
        }
        _ => {}
    }
    counts
}

fn relation_words(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Denies => "denies",
        RelationKind::Alternative => "is an alternative to",
        RelationKind::Quantity => "gives another figure than",
        RelationKind::Update => "is an update of",
        RelationKind::Implicit => "goes implicitly against",
        RelationKind::Doubts => "doubts",
        RelationKind::Repeats => "repeats",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;
    use ledger::Coverage;

    fn contents() -> Contents {
        Contents::new(
            vec![fixture::reading()],
            fixture::links(),
            Coverage {
                read: 1,
                ..Coverage::default()
            },
        )
    }

    #[test]
    fn a_dispute_reads_from_question_to_coverage() {
        let contents = contents();
        let lines = dispute_lines(
            &contents.links.matters[0],
            &contents,
            Detail::WHOLE,
            Terminal::piped(),
        );
        assert_eq!(lines[0], "Was the bridge open on 2021-09-06?");
        assert_eq!(lines[1], "contested · OCCURRED · ma_0123456789abcdef");
        assert_eq!(lines[3], "open – says Ministry of Works");
        assert_eq!(lines[4], "   speakers 1 · separate texts 1–2 · articles 3");
        assert_eq!(
            lines[5],
            "   2021-09-06  Ministry of Works  asserts    “the bridge was open”"
        );
        assert!(
            lines
                .iter()
                .any(|line| line.contains("cl_aa0000 · ") && line.ends_with(" · bridge.txt"))
        );
        assert!(lines.contains(
            &"(not open) denies (open): the mayor's claim refers to the ministry's".to_owned()
        ));
        assert_eq!(
            lines.last().map(String::as_str),
            Some(
                "Read in full: 1 document (0 undated, 0 not in English, 0 not an article); 0 could not be read."
            )
        );
    }

    #[test]
    fn who_did_not_answer_is_said_with_the_count() {
        let mut contents = contents();
        contents.links.matters[0].state = State::Unanswered;
        let lines = dispute_lines(
            &contents.links.matters[0],
            &contents,
            Detail::WHOLE,
            Terminal::piped(),
        );
        assert!(lines.contains(&"no reply found in the 1 document read".to_owned()));
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let contents = contents();
        let detail = Detail {
            claims: 0,
            places: Places::Hidden,
        };
        let lines = dispute_lines(
            &contents.links.matters[0],
            &contents,
            detail,
            Terminal::piped(),
        );
        assert!(lines.contains(&"   … and 1 more in this answer".to_owned()));
    }
}
