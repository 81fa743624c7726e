//! Claims as sides of a matter about whether something is so: its words, who says it, who denies or doubts it.
//!
//! It does not know which claims are about one thing (`propositions`).

use crate::matters::{time, time_key};
use crate::positions::{Header, assemble};
use crate::statements::{ClaimAt, Library, Stance, Statement, Told, Topic, plain};
use crate::when::{When, said, when};
use crate::{Matter, MatterKind};
use annotate::Claim;

/// Letters of a quotation in a question.
const QUOTED: usize = 90;

/// A claim as one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Side {
    pub at: ClaimAt,
    pub stance: Stance,
    /// Whether it counts.
    pub linked: bool,
}

/// What a matter about whether something is so is called and about.
pub(crate) struct Heading {
    pub kind: MatterKind,
    pub question: String,
    pub about: Option<usize>,
    pub key: String,
    pub unanswered: bool,
}

/// The content's words, cut at a word.
pub(crate) fn quote(library: &Library, at: ClaimAt) -> String {
    let Some(claim) = library.claim(at) else {
        return String::new();
    };
    let text = &library.readings[at.reading].document.text;
    let words: Vec<&str> = claim
        .content
        .spans
        .iter()
        .flat_map(|span| span.slice(text).split_whitespace())
        .collect();
    let mut quote = String::new();
    for word in words {
        if quote.chars().count() + word.chars().count() > QUOTED {
            quote.push('…');
            break;
        }
        if !quote.is_empty() {
            quote.push(' ');
        }
        quote.push_str(word);
    }
    // The word that opens an indirect speech belongs to the sentence around it.
    let bare = quote.strip_prefix("that ").unwrap_or(&quote);
    bare.trim_matches(|mark| matches!(mark, '"' | '“' | '”' | ' ' | ',' | '.'))
        .to_owned()
}

/// When what a claim tells is said to be so; the day of the document where it tells no event, or none with a time.
fn claim_when(library: &Library, at: ClaimAt, claim: &Claim) -> When {
    let reading = at.reading;
    let day = library.days.get(reading).copied().flatten();
    let told = claim.events.first();
    told.and_then(|event| when(event, claim, reading, day))
        .unwrap_or_else(|| {
            day.map_or(When::Undated { reading }, |day| When::Day {
                first: day,
                last: day,
            })
        })
}

/// One side's answer.
pub(crate) fn statement(library: &Library, side: &Side, topic: &Topic) -> Option<Statement> {
    let claim = library.claim(side.at)?;
    let mut answer = plain(Stance::Affirms.says(), false);
    answer.stance = side.stance;
    side.stance.says().clone_into(&mut answer.shown);
    Some(Statement {
        topic: topic.clone(),
        answer,
        change: false,
        denial: side.stance == Stance::Negates,
        when: claim_when(library, side.at, claim),
        place: claim
            .events
            .iter()
            .find_map(|event| library.world.get(side.at.reading, event.place)),
        follows: None,
        at: side.at,
        said: said(claim, &library.readings[side.at.reading].document),
        speaker: library.speaker(side.at, claim)?,
        linked: side.linked,
    })
}

/// A matter from its sides. The first that affirms gives it its place and time, else the first.
pub(crate) fn matter(library: &Library, sides: &[Side], heading: Heading) -> Option<Matter> {
    let first = sides
        .iter()
        .find(|side| side.stance == Stance::Affirms)
        .or(sides.first())?
        .at;
    let topic = Topic::Said(first);
    let statements: Vec<Statement> = sides
        .iter()
        .filter_map(|side| statement(library, side, &topic))
        .collect();
    let opening = statements
        .iter()
        .find(|statement| statement.at == first)
        .or(statements.first())?;
    let (place, when) = (opening.place, opening.when);
    let told = Told {
        statements,
        ..Told::default()
    };
    let members: Vec<usize> = (0..told.statements.len()).collect();
    assemble(
        library,
        &told,
        &members,
        Header {
            kind: heading.kind,
            question: heading.question,
            about: heading.about,
            place,
            time: time(when),
            key: format!("{} {}", heading.key, time_key(library, when)),
            unanswered: heading.unanswered,
        },
    )
}
