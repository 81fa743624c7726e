//! `doctor`: whether the installation and the ledger can be used.
//!
//! It does not repair anything.

use super::layers::{Layers, layers};
use super::watchlist::{Watchlists, watchlists};
use crate::args::Doctor;
use crate::assets;
use crate::contents::Contents;
use crate::failure::{Done, Failure, Outcome};
use crate::output::Output;
use crate::pipeline::{Source, ingest_source};
use crate::view::coverage::{counted, coverage_line};
use crate::view::terminal::{Terminal, shown, wrap};
use annotate::{Annotations, Knowledge};
use ledger::{Ledger, Standing};
use std::path::Path;
use text::{Document, Span};

/// A text with a party, a quotation, a place, a day and a number, for the self-check.
const SPECIMEN: &str = "“The bridge is open,” the mayor of Kabul said on Monday. \
The ministry denied that 12 people were injured.\n";

/// What a check found.
enum Finding {
    /// All is well.
    Good(String),
    /// There is nothing to check yet.
    Absent(String),
    /// It cannot be used.
    Bad(String),
}

/// Runs the command.
pub fn run(options: &Doctor) -> Outcome {
    let mut output = Output::stdout();
    let terminal = output.terminal;
    let Layers { texts, problems } = layers(&options.gazetteer)?;
    let layers: Vec<&str> = texts.iter().map(String::as_str).collect();
    let knowledge = assets::knowledge(&layers);
    let lists = watchlists(&options.watchlist)?;
    let findings = [
        ("lexicons", lexicons(&knowledge, &problems)),
        ("weights", weights(&knowledge)),
        ("gazetteer", gazetteer()),
        ("watchlist", watchlist(&lists)),
        ("self-check", self_check(&knowledge)),
        ("ledger", ledger(&options.ledger)),
        ("terminal", Finding::Good(terminal_words(terminal))),
    ];
    output.line(&format!("rashomon {}", env!("CARGO_PKG_VERSION")))?;
    let mut bad = Vec::new();
    for (name, finding) in findings {
        let (mark, words) = match finding {
            Finding::Good(words) => ("ok    ", words),
            Finding::Absent(words) => ("none  ", words),
            Finding::Bad(words) => {
                bad.push(name);
                ("BAD   ", words)
            }
        };
        for (row, line) in wrap(&shown(&words), terminal.width.saturating_sub(20))
            .into_iter()
            .enumerate()
        {
            let (mark, name) = if row == 0 {
                (mark, name)
            } else {
                ("      ", "")
            };
            output.line(&format!("{mark}{name:<12}{line}"))?;
        }
    }
    output.flush()?;
    if bad.is_empty() {
        Ok(Done::Whole)
    } else {
        Err(Failure::Unusable(format!(
            "{} cannot be used; see above",
            bad.join(" and ")
        )))
    }
}

fn lexicons(knowledge: &Knowledge, unread: &[String]) -> Finding {
    let files = assets::lexicon_files();
    let entries: usize = files
        .iter()
        .map(|(_, bytes)| {
            String::from_utf8_lossy(bytes)
                .lines()
                .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
                .count()
        })
        .sum();
    let mut problems: Vec<String> = knowledge.problems().to_vec();
    problems.extend(unread.iter().cloned());
    problems.extend(assets::ingest_lexicon().err());
    problems.extend(assets::link_lexicon().err());
    problems.extend(assets::matching().err());
    problems.extend(assets::names().err());
    if !problems.is_empty() {
        return Finding::Bad(problems.join("; "));
    }
    if entries == 0 {
        return Finding::Bad("no lexicon is built in; install the program again".to_owned());
    }
    Finding::Good(format!(
        "{}, {}",
        counted(files.len() as u64, "file", "files"),
        counted(entries as u64, "entry", "entries")
    ))
}

fn watchlist(lists: &Watchlists) -> Finding {
    match lists.problems.as_slice() {
        [] if lists.mark.is_empty() => Finding::Absent("none given with --watchlist".to_owned()),
        [] => Finding::Good(counted(lists.entries.len() as u64, "entry", "entries")),
        problems => Finding::Bad(problems.join("; ")),
    }
}

fn gazetteer() -> Finding {
    match assets::gazetteer() {
        Ok(gazetteer) => Finding::Good(counted(gazetteer.len() as u64, "place", "places")),
        Err(damage) => Finding::Bad(damage.to_string()),
    }
}

fn weights(knowledge: &Knowledge) -> Finding {
    let files = assets::weight_files();
    let bytes: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    if knowledge.syntax().is_none() {
        return Finding::Bad(
            "the weights of tagger and parser are missing or damaged; install the program again"
                .to_owned(),
        );
    }
    Finding::Good(format!(
        "{}, {:.1} MB",
        counted(files.len() as u64, "file", "files"),
        bytes as f64 / 1e6
    ))
}

/// Reads the specimen and checks that everything found in it lies in its text.
fn self_check(knowledge: &Knowledge) -> Finding {
    let source = Source::Bytes("self-check.txt".into(), SPECIMEN.as_bytes().into());
    let options = ingest::Options {
        published_all: Some("2021-09-06".to_owned()),
        ..ingest::Options::default()
    };
    let mut found = Vec::new();
    ingest_source(&source, &options, &mut |one| found.push(one));
    let document = match found.as_slice() {
        [Ok(one)] => &one.document,
        [Err(unread), ..] => {
            return Finding::Bad(format!(
                "a text of two sentences could not be read: {}",
                unread.reason
            ));
        }
        _ => {
            return Finding::Bad(
                "a text of two sentences was not read as one document; install the program again"
                    .to_owned(),
            );
        }
    };
    let annotations = annotate::annotate(document, knowledge);
    match astray(document, &annotations) {
        Some(span) => Finding::Bad(format!(
            "bytes {}–{} of the specimen lie outside its characters; please report it",
            span.start, span.end
        )),
        None => Finding::Good(format!(
            "a text of two sentences was read, {} found, every span lies in it",
            counted(annotations.claims.len() as u64, "claim", "claims")
        )),
    }
}

/// The first span that does not slice.
fn astray(document: &Document, annotations: &Annotations) -> Option<Span> {
    let claims = annotations.claims.iter().flat_map(|claim| {
        let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
        claim
            .source
            .spans
            .iter()
            .chain(cue)
            .chain(&claim.content.spans)
            .chain(claim.why.iter().flat_map(|why| &why.spans))
            .copied()
    });
    document
        .blocks
        .iter()
        .map(|block| block.span)
        .chain(annotations.segments.sentences.iter().map(|item| item.span))
        .chain(annotations.segments.tokens.iter().map(|item| item.span))
        .chain(annotations.mentions.iter().map(|item| item.span))
        .chain(annotations.times.iter().map(|item| item.span))
        .chain(annotations.quantities.iter().map(|item| item.span))
        .chain(claims)
        .find(|span| !span.fits(&document.text))
}

fn ledger(path: &Path) -> Finding {
    if !path.exists() {
        return Finding::Absent(format!(
            "{} is not there yet; rashomon read FOLDER makes it",
            path.display()
        ));
    }
    let checked = Ledger::open_read_only(path).and_then(|ledger| {
        let problems = ledger.check()?;
        // What is damaged may not be readable as a whole.
        let contents = problems.is_empty().then(|| Contents::of(&ledger));
        Ok((problems, ledger.coverage()?, contents.transpose()?))
    });
    match checked {
        Err(error) => Finding::Bad(error.message),
        Ok((_, coverage, Some(contents))) => Finding::Good(format!(
            "{}: no problem found. {}{}",
            path.display(),
            judgements(&contents),
            coverage_line(&coverage)
        )),
        Ok((problems, _, None)) => {
            Finding::Bad(format!("{}: {}", path.display(), problems.join("; ")))
        }
    }
}

/// The judgements that are not applied, by name. They are no damage: a person can settle them.
fn judgements(contents: &Contents) -> String {
    let mut said = String::new();
    for (judgement, standing) in contents.judgements.iter().zip(&contents.standings) {
        match standing {
            Standing::Contradicted(others) => said.push_str(&format!(
                "Judgement {} ({}) is not applied: against it stands {}. ",
                judgement.id,
                judgement.decision.verb,
                others.join(", ")
            )),
            Standing::Orphaned => said.push_str(&format!(
                "Judgement {} ({}) is orphaned: what it is about is not in the ledger now. ",
                judgement.id, judgement.decision.verb
            )),
            Standing::InForce | Standing::Retracted => {}
        }
    }
    said
}

fn terminal_words(terminal: Terminal) -> String {
    let colours = if terminal.styled {
        "with colours"
    } else {
        "without colours"
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let locale = match locale {
        Some(locale) if locale.to_lowercase().replace('-', "").contains("utf8") => locale,
        Some(locale) => format!("{locale}, which is not UTF-8: quotation marks may look odd"),
        None => "not set: quotation marks may look odd".to_owned(),
    };
    format!("{} columns, {colours}; locale {locale}", terminal.width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_outside_the_text_is_found() {
        let reading = crate::view::fixture::reading();
        assert_eq!(astray(&reading.document, &reading.annotations), None);
        let mut annotations = reading.annotations;
        annotations.claims[0].content.spans[0] = Span::new(0, 10_000);
        assert_eq!(
            astray(&reading.document, &annotations),
            Some(Span::new(0, 10_000))
        );
    }
}
