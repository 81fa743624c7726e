//! The one form of a claim for people: `day  party  act  “quote”`.
//!
//! It does not know the ledger. The quote is the text's own words, with … only where something is left out.

use super::terminal::{Terminal, Tone, cell, columns, cut, flat, wrap};
use crate::contents::day_of_claim;
use annotate::{Annotations, Claim, Flag, NameBasis, Source, Standing, UnverifiedBy, Voice};
use link::Reading;
use text::{Document, Span};

/// Columns of the day.
const DAY: usize = 10;
/// Columns of the act: the longest is "threatens".
const ACT: usize = 9;
/// Most columns of the party.
const PARTY: usize = 24;
/// A content of at most so many words ("it", "the claim") says nothing without the claim that it points to.
const POINTER: usize = 3;
/// Most columns of the words that are pointed to.
const MEANT: usize = 48;
/// Columns between two parts.
const GAP: usize = 2;

/// Fewest columns of a quote with its marks: a few words tell nothing.
const QUOTE: usize = 32;
/// Fewest columns of a party beside a quote; where there are fewer, the quote stands below.
const NARROW: usize = 10;
/// Columns by which what belongs to the line above is moved in, where the parts do not stand side by side.
const BELOW: usize = 4;

/// A claim as people read it: every part is safe to show.
#[derive(Debug, Clone)]
pub struct Spoken {
    day: String,
    /// The name, or the words of the text where the name is inferred.
    party: String,
    /// How an inferred name came about: never cut away, because without it the name would pass for one that was said.
    inferred: Option<String>,
    act: &'static str,
    quote: String,
    /// What must be known with the quote, each a few words.
    marks: Vec<String>,
    /// Where the text turns the roles round: what it says, and how it is read.
    inverted: Option<String>,
    suggested: bool,
}

/// How the parts of claim lines stand: the same for all claims of a list, so that they can be read against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns before the day: spaces, an id, a place.
    before: usize,
    /// Columns of the party.
    party: usize,
    /// Whether the quote stands below, because the terminal is too narrow for it beside the rest.
    stacked: bool,
    terminal: Terminal,
}

impl Layout {
    /// The layout for these claims after so many columns of something else. Where the terminal is narrow, the party
    /// gives way first.
    #[must_use]
    pub fn new<'a>(
        claims: impl Iterator<Item = &'a Spoken>,
        before: usize,
        terminal: Terminal,
    ) -> Self {
        let widest = claims.map(Spoken::party_width).max().unwrap_or(0);
        let fixed = before + DAY + GAP + GAP + ACT + GAP;
        let wanted = widest.clamp(6, PARTY.min(terminal.width / 4));
        let room = terminal.width.saturating_sub(fixed + QUOTE);
        let stacked = room < NARROW.min(wanted);
        let party = if stacked {
            let room = terminal
                .width
                .saturating_sub(before + DAY + GAP + GAP + ACT);
            wanted.min(room.max(1))
        } else {
            wanted.min(room)
        };
        Self {
            before,
            party,
            stacked,
            terminal,
        }
    }

    /// Where quotes begin.
    #[must_use]
    pub fn quote_column(&self) -> usize {
        if self.stacked {
            self.indent() + BELOW
        } else {
            self.before + DAY + GAP + self.party + GAP + ACT + GAP
        }
    }

    /// Where what belongs to a line begins, where it stands below it.
    fn indent(&self) -> usize {
        // An id before the line is no reason to waste its columns on a narrow terminal.
        if self.stacked {
            self.before.min(BELOW)
        } else {
            self.before
        }
    }
}

impl Spoken {
    /// A claim of a document.
    #[must_use]
    pub fn new(claim: &Claim, document: &Document, annotations: &Annotations) -> Self {
        let (party, inferred) = party_parts(claim, document, annotations);
        let quote = quote(&claim.content.spans, &document.text);
        let mut marks = Vec::new();
        if document.meta.translated.is_some() {
            marks.push("in translation".to_owned());
        }
        if let Some(by) = claim.unverified_by {
            let who = match by {
                UnverifiedBy::Outlet => "the article".to_owned(),
                UnverifiedBy::Entity(id) => entity_name(annotations, id).unwrap_or_default(),
            };
            marks.push(format!("not verified, {who} says"));
        }
        if let Some(other) = claim
            .refers_to
            .and_then(|index| annotations.claims.get(index as usize))
            .filter(|_| quote.split(' ').count() <= POINTER)
        {
            let meant = self::quote(&other.content.spans, &document.text);
            marks.push(format!("about {}", in_marks(&cut(&meant, MEANT))));
        }
        marks.extend(
            claim
                .via
                .iter()
                .map(|via| format!("through {}", flat(&via.name))),
        );
        if claim.flags.contains(&Flag::Garbled) {
            marks.push("garbled text".to_owned());
        }
        let inverted = claim.flags.contains(&Flag::InvertedRoles).then(|| {
            format!(
                "the text says {}; read as: {} {} {}",
                in_marks(&flat(passage(claim).slice(&document.text))),
                joined(&party, inferred.as_deref()),
                claim.act,
                in_marks(&quote)
            )
        });
        Self {
            day: day_of_claim(claim, document).unwrap_or_else(|| "undated".to_owned()),
            party,
            inferred,
            act: claim.act.as_str(),
            quote,
            marks,
            inverted,
            suggested: claim.standing == Standing::Suggested,
        }
    }

    /// Marks the claim as one that is only suggested here.
    pub fn suggest(&mut self) {
        self.suggested = true;
    }

    /// The claim on one line of the terminal after `before`, which is as wide as its layout was told. Party and quote
    /// are cut; what must be known with them is not, and has lines of its own where it does not fit.
    #[must_use]
    pub fn row(&self, before: &str, layout: Layout) -> Vec<String> {
        let terminal = layout.terminal;
        let mut marks: Vec<String> = self.inferred.iter().cloned().collect();
        marks.extend(self.marks.iter().cloned());
        if self.inverted.is_some() {
            marks.push("roles read the other way round than written".to_owned());
        }
        if self.suggested {
            marks.push("suggested".to_owned());
        }
        let marks = bracketed(&marks);
        let mut head = format!("{before}{}", self.head(&self.party, layout));
        let left = layout.quote_column();
        let room = terminal.width.saturating_sub(left);
        let whole = in_marks(&self.quote);
        let beside = columns(&whole) + 1 + columns(&marks) <= room && self.inferred.is_none();
        let mut quote = if columns(&whole) <= room {
            self.toned(&whole, terminal)
        } else {
            self.toned(
                &in_marks(&cut(&self.quote, room.saturating_sub(2))),
                terminal,
            )
        };
        if beside && !marks.is_empty() {
            quote.push(' ');
            quote.push_str(&terminal.paint(Tone::Faint, &marks));
        }
        let mut lines = Vec::new();
        if layout.stacked {
            lines.push(head.trim_end().to_owned());
            lines.push(format!("{}{quote}", " ".repeat(left)));
        } else {
            head.push_str(&quote);
            lines.push(head);
        }
        if !beside && !marks.is_empty() {
            let indent = if layout.stacked {
                left
            } else {
                layout.before + DAY + GAP
            };
            let room = terminal.width.saturating_sub(indent);
            lines.extend(wrap(&marks, room).iter().map(|line| {
                format!(
                    "{}{}",
                    " ".repeat(indent),
                    terminal.paint(Tone::Faint, line)
                )
            }));
        }
        lines
    }

    /// The claim with its whole quote, over as many lines as it takes, each after the layout's spaces.
    #[must_use]
    pub fn whole(&self, layout: Layout) -> Vec<String> {
        let terminal = layout.terminal;
        let mut marks: Vec<String> = self.inferred.iter().cloned().collect();
        marks.extend(self.marks.iter().cloned());
        if self.suggested {
            marks.push("suggested, not counted".to_owned());
        }
        let marks = bracketed(&marks);
        let mut said = in_marks(&self.quote);
        if !marks.is_empty() {
            said.push_str(&format!(" {marks}"));
        }
        if let Some(inverted) = &self.inverted {
            said.push_str(&format!(" [{inverted}]"));
        }
        let left = layout.quote_column();
        let quote = wrap(&said, terminal.width.saturating_sub(left));
        let party = wrap(&self.party, layout.party);
        let spaces = " ".repeat(layout.before);
        if layout.stacked {
            let mut lines = vec![format!(
                "{spaces}{}",
                self.head(&party[0], layout).trim_end()
            )];
            lines.extend(party[1..].iter().map(|name| {
                format!(
                    "{spaces}{}{}",
                    " ".repeat(DAY + GAP),
                    terminal.paint(Tone::Party, name)
                )
            }));
            lines.extend(
                quote
                    .iter()
                    .map(|line| format!("{}{}", " ".repeat(left), self.toned(line, terminal))),
            );
            return lines;
        }
        (0..quote.len().max(party.len()))
            .map(|row| {
                let name = party.get(row).map_or("", String::as_str);
                let head = if row == 0 {
                    self.head(name, layout)
                } else {
                    format!(
                        "{}{}{}",
                        " ".repeat(DAY + GAP),
                        padded(name, Tone::Party, layout.party, terminal),
                        " ".repeat(GAP + ACT + GAP)
                    )
                };
                let said = quote.get(row).map_or("", String::as_str);
                let line = format!("{spaces}{head}{}", self.toned(said, terminal));
                line.trim_end().to_owned()
            })
            .collect()
    }

    /// Day, party and act in their columns, and the gap behind them.
    fn head(&self, party: &str, layout: Layout) -> String {
        let terminal = layout.terminal;
        format!(
            "{}  {}  {}  ",
            cell(&self.day, DAY),
            padded(
                &cut(party, layout.party),
                Tone::Party,
                layout.party,
                terminal
            ),
            padded(self.act, Tone::Act, ACT, terminal)
        )
    }

    /// Columns of the party where nothing of it is cut.
    fn party_width(&self) -> usize {
        columns(&self.party)
    }

    fn toned(&self, quote: &str, terminal: Terminal) -> String {
        if self.suggested {
            terminal.paint(Tone::Faint, quote)
        } else {
            quote.to_owned()
        }
    }
}

/// The claims of a reading as people read them.
#[must_use]
pub fn spoken(claim: &Claim, reading: &Reading) -> Spoken {
    Spoken::new(claim, &reading.document, &reading.annotations)
}

/// The words of some spans, on one line, without the quotation marks around the whole.
#[must_use]
pub fn quote(spans: &[Span], text: &str) -> String {
    let parts: Vec<String> = spans.iter().map(|span| flat(span.slice(text))).collect();
    without_marks(&parts.join(" … ")).to_owned()
}

/// Who speaks: the name, or the words where there is none; how an inferred name came about; whom a spokesperson
/// speaks for.
#[must_use]
pub fn party(claim: &Claim, document: &Document, annotations: &Annotations) -> String {
    let (party, inferred) = party_parts(claim, document, annotations);
    joined(&party, inferred.as_deref())
}

/// Who speaks, and apart from it how an inferred name came about.
fn party_parts(
    claim: &Claim,
    document: &Document,
    annotations: &Annotations,
) -> (String, Option<String>) {
    let source = &claim.source;
    let words: Vec<String> = source
        .spans
        .iter()
        .map(|span| flat(span.slice(&document.text)))
        .collect();
    let words = words.join(" … ");
    let name = source.name.as_deref().map(flat);
    if claim.voice == Voice::Narrator {
        return (name.unwrap_or_else(|| "the article".to_owned()), None);
    }
    if is_inferred(source) {
        let read_as = format!("read as {} (inferred)", name.unwrap_or_default());
        let words = if words.is_empty() {
            "no name in the text".to_owned()
        } else {
            words
        };
        return (words, Some(read_as));
    }
    let mut party = match name {
        Some(name) => name,
        None if words.is_empty() => "not named".to_owned(),
        None => words,
    };
    if let Some(body) = source
        .speaks_for
        .and_then(|id| entity_name(annotations, id))
        .filter(|body| !party.to_lowercase().contains(&body.to_lowercase()))
    {
        party.push_str(&format!(" ({body})"));
    }
    (party, None)
}

/// A party and how its name came about.
fn joined(party: &str, inferred: Option<&str>) -> String {
    inferred.map_or_else(
        || party.to_owned(),
        |inferred| format!("{party}, {inferred}"),
    )
}

/// Text in its tone, with spaces behind it up to so many columns.
fn padded(text: &str, tone: Tone, width: usize, terminal: Terminal) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{}{}", terminal.paint(tone, text), " ".repeat(missing))
}

fn is_inferred(source: &Source) -> bool {
    source.name.is_some() && source.name_basis == Some(NameBasis::Inferred)
}

fn entity_name(annotations: &Annotations, id: annotate::EntityId) -> Option<String> {
    annotations
        .entities
        .get(id.index())
        .map(|entity| flat(&entity.name))
}

/// From the first to the last word of an attribution.
#[must_use]
pub fn passage(claim: &Claim) -> Span {
    let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
    claim
        .source
        .spans
        .iter()
        .chain(cue)
        .chain(&claim.content.spans)
        .copied()
        .reduce(Span::cover)
        .unwrap_or(Span::new(0, 0))
}

fn bracketed(marks: &[String]) -> String {
    if marks.is_empty() {
        String::new()
    } else {
        format!("[{}]", marks.join("; "))
    }
}

/// Words between quotation marks; words that begin with one stand as they are, so that none is doubled.
#[must_use]
pub fn in_marks(words: &str) -> String {
    if words.starts_with(opens) {
        words.to_owned()
    } else {
        format!("“{words}”")
    }
}

/// A text without a pair of quotation marks around all of it, and without one that has lost its partner.
fn without_marks(text: &str) -> &str {
    let start = text.strip_prefix(opens).unwrap_or(text);
    let inner = start.strip_suffix(closes).unwrap_or(start);
    // Marks within would be left without their partners.
    if inner.contains(|c| opens(c) || closes(c)) {
        text
    } else {
        inner
    }
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '„' | '«' | '"')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '“' | '»' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;

    #[test]
    fn parts_stand_in_columns() {
        let reading = fixture::reading();
        let spoken: Vec<Spoken> = reading
            .annotations
            .claims
            .iter()
            .map(|claim| super::spoken(claim, &reading))
            .collect();
        let layout = Layout::new(spoken.iter(), 0, Terminal::piped());
        let lines: Vec<Vec<String>> = spoken.iter().map(|spoken| spoken.row("", layout)).collect();
        assert_eq!(
            lines[0],
            ["2021-09-06  Ministry of Works  asserts    “the bridge was open”"]
        );
        assert!(lines[1][0].contains("  denies     “that the bridge was open”"));
    }

    #[test]
    fn an_inferred_name_is_never_cut() {
        let mut reading = fixture::reading();
        let source = &mut reading.annotations.claims[0].source;
        source.name = Some("A name that is far too long for its column".to_owned());
        source.name_basis = Some(NameBasis::Inferred);
        let spoken = spoken(&reading.annotations.claims[0], &reading);
        let layout = Layout::new([&spoken].into_iter(), 0, Terminal::piped());
        assert_eq!(
            spoken.row("", layout),
            [
                "2021-09-06  Ministry of Works  asserts    “the bridge was open”",
                "            [read as A name that is far too long for its column (inferred)]"
            ]
        );
        let whole = spoken.whole(layout).join(" ");
        assert!(whole.contains("(inferred)"));
    }

    #[test]
    fn nothing_is_wider_than_the_terminal_and_quotes_keep_their_columns() {
        let mut reading = fixture::reading();
        let end = reading.document.text.len();
        let claim = &mut reading.annotations.claims[0];
        claim.content.spans = vec![Span::new(0, end)];
        claim.source.name = Some("The Ministry of Works and of Everything Else".to_owned());
        claim.source.name_basis = Some(NameBasis::Inferred);
        claim.standing = Standing::Suggested;
        claim.flags = vec![Flag::Garbled, Flag::InvertedRoles];
        let spoken = spoken(&reading.annotations.claims[0], &reading);
        for width in [40, 60, 80, 100, 200] {
            let terminal = Terminal {
                width,
                ..Terminal::piped()
            };
            for before in [0, 3, 11, 16] {
                let layout = Layout::new([&spoken].into_iter(), before, terminal);
                assert!(width - layout.quote_column() >= 30, "{width} {before}");
                let mut lines = spoken.whole(layout);
                lines.extend(spoken.row(&" ".repeat(before), layout));
                for line in lines {
                    assert!(columns(&line) <= width, "{width} {before}: {line}");
                }
            }
        }
    }

    #[test]
    fn a_translation_is_marked_and_a_suggestion_too() {
        let mut reading = fixture::reading();
        reading.document.meta.translated = Some(text::Translation {
            from: Some("cs".to_owned()),
            by: None,
            original: None,
        });
        reading.annotations.claims[0].standing = Standing::Suggested;
        let spoken = spoken(&reading.annotations.claims[0], &reading);
        let layout = Layout::new([&spoken].into_iter(), 0, Terminal::piped());
        let line = spoken.row("", layout).join(" ");
        assert!(line.ends_with("[in translation; suggested]"));
    }

    #[test]
    fn quotation_marks_are_not_doubled() {
        assert_eq!(without_marks("“was occupied,”"), "was occupied,");
        assert_eq!(
            without_marks("“one,” he said, “two”"),
            "“one,” he said, “two”"
        );
        assert_eq!(without_marks("plain"), "plain");
        assert_eq!(without_marks("“we are here"), "we are here");
        assert_eq!(in_marks("“one,” he said"), "“one,” he said");
        assert_eq!(in_marks("one"), "“one”");
    }
}
