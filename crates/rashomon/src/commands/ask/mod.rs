//! `ask`: which claims of a ledger affirm, deny or doubt a sentence, or offer something else instead, by day.
//!
//! It does not say what is so: it gives what was said, by whom, and where it stands. It does not change the ledger.

mod matters;
mod search;
mod stance;

use super::compare::texts::each;
use crate::args::{Ask, TextOrLines};
use crate::assets;
use crate::contents::{Contents, Found, day_of_claim, day_of_document};
use crate::failure::{Done, Failure, Outcome};
use crate::lines::{Ids, Members, answer_line};
use crate::output::{Output, beside};
use crate::view::answer::{answer_lines, nothing_line};
use crate::view::coverage::{coverage_line, coverage_lines};
use annotate::{Claim, EntityId, EntityKind, MentionForm, Standing};
use ledger::{Ledger, Searched, Spelt};
use link::answers::{Answer, Relation, Side, answer};
use link::{JudgedAs, Reading};
use names::{NameKind, NameModel};
use std::collections::{BTreeMap, BTreeSet};
use text::Document;

/// A claim that answers.
#[derive(Debug, Clone)]
pub struct Answering<'a> {
    /// The claim and its document.
    pub found: Found<'a>,
    /// How it answers.
    pub relation: Relation,
    /// How likely it is of the matter that is asked about.
    pub related: f64,
    /// What says so, in words.
    pub reasons: Vec<String>,
    /// The day of its saying, else of its document.
    pub day: Option<String>,
    /// Whether it is only suggested, as a claim or as an answer, and does not count.
    pub is_suggested: bool,
    /// The matters in which it stands: id and question.
    pub matters: Vec<(String, String)>,
}

/// What was asked, and of what.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The sentence.
    pub sentence: &'a str,
    /// The last day that counts.
    pub as_of: Option<&'a str>,
    /// Documents that were gone through.
    pub documents: u64,
    /// Documents left out because they have no date, or a later one.
    pub left_out: u64,
    /// Claims that take it up without a stance and are not listed.
    pub without_stance: usize,
    /// Claims that share words with it, where not all of them were read closely.
    pub too_many: Option<usize>,
}

/// Runs the command.
pub fn run(options: &Ask) -> Outcome {
    let ledger = Ledger::open_read_only(&options.ledger)?;
    let knowledge = assets::knowledge(&[]);
    let matching = assets::matching().map_err(Failure::Unusable)?;
    let question = Document::plain(&options.sentence);
    let outline = annotate::events::outline(&question, &knowledge);
    let side = Side::new(&question.text, &outline, &matching);
    let beginnings = matching.beginnings(&side);
    if beginnings.is_empty() {
        return Err(Failure::Usage(format!(
            "“{}” has no word to look for; ask in a sentence, as in: rashomon ask \"The Front holds Orlem\"",
            options.sentence
        )));
    }
    let read = annotate::annotate(&question, &knowledge);
    let mut scope = stance::Scope::new(&question.text, &read);
    let spellings = ledger.spellings()?;
    let mut names = Names::asked(&options.sentence, &spellings);
    let unknown = read.mentions.iter().filter(|mention| {
        mention.form == MentionForm::Name && !names.has(mention.span.slice(&question.text))
    });
    let unknown: Vec<&str> = unknown
        .map(|mention| mention.span.slice(&question.text))
        .collect();
    if !unknown.is_empty() {
        let model = assets::names().map_err(Failure::Unusable)?;
        names.add_close(&unknown, &spellings, &model);
    }
    let as_of = options.as_of.as_deref();
    let counted = std::cell::Cell::new(0_u64);
    let admits = |document: &Searched| {
        let day = document.published.as_deref().map(crate::contents::day);
        let wanted = as_of.is_none_or(|last| day.is_some_and(|day| day <= last));
        counted.set(counted.get() + u64::from(!wanted));
        wanted
    };
    if scope.holder.is_none() {
        let reads = |text: &str| {
            let outline = annotate::events::outline(&Document::plain(text), &knowledge);
            answer(&side, &Side::new(text, &outline, &matching), &matching).relation
        };
        scope.holder = matters::holder(&ledger, &names, &reads)?;
    }
    let near = search::near(&ledger, &beginnings, &names, &admits)?;
    let left_out = counted.get();
    let mut store = Store::default();
    for (document, _) in &near.claims {
        store.load(&ledger, document)?;
    }
    let claims: Vec<Found<'_>> = near
        .claims
        .iter()
        .filter_map(|(document, claim)| {
            let reading = store.readings.get(document)?;
            let claim = reading.annotations.claims.get(*claim)?;
            Some(Found { claim, reading })
        })
        .filter(|found| scope.admits(found.claim))
        .collect();
    let texts: Vec<String> = claims
        .iter()
        .map(|found| stance::compared(found.claim, found.reading, store.joined(found), &names))
        .collect();
    // Copied articles say the same in the same words, which are read once.
    let distinct: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let same_matter = matching.weights().same_matter;
    let answers: Vec<Answer> = each(&distinct, jobs, |text| {
        let document = Document::plain(text);
        let outline = annotate::events::outline(&document, &knowledge);
        let mut found = answer(&side, &Side::new(text, &outline, &matching), &matching);
        if found.related < same_matter {
            found.relation = Relation::Unrelated;
        }
        found
    });
    let by_text: BTreeMap<&str, &Answer> = distinct.into_iter().zip(&answers).collect();
    let mut said: BTreeMap<Key, Said> = claims
        .iter()
        .zip(&texts)
        .filter_map(|(found, text)| {
            let mut said = said(found.claim, by_text.get(text.as_str())?, &scope)?;
            if said.relation != Relation::Reports && !names.places_are_in(text) {
                said.relation = Relation::Reports;
                said.reasons.push("does not name the place".to_owned());
            }
            Some((key(*found), said))
        })
        .collect();
    let matters = matters::matters(&ledger, &said, &names, &scope)?;
    let brought: Vec<matters::Brought> = matters
        .iter()
        .flat_map(|matter| matters::brought(matter, &said, &names, &scope))
        .collect();
    for one in &brought {
        store.load(&ledger, &one.key.0)?;
    }
    let Store { readings, joined } = store;
    let readings = readings.into_values().collect();
    let contents = Contents::of_some(&ledger, readings, &near.documents, &near.ids)?;
    for one in brought {
        let claim = contents
            .claim(&one.key.0, &one.key.1)
            .map(|found| found.claim);
        let takes = claim.is_some_and(|claim| scope.takes(claim));
        // What linking only suggests does not speak against what a claim's own words say.
        let open = said
            .get(&one.key)
            .is_none_or(|said| said.relation == Relation::Reports);
        if takes && (one.linked || open) {
            said.insert(one.key, one.said);
        }
    }
    about(&mut said, &contents, &scope);
    let mut answering: Vec<Answering<'_>> = said
        .into_iter()
        .filter_map(|((document, claim), said)| {
            let found = contents.claim(&document, &claim)?;
            Some(Answering {
                found,
                relation: said.relation,
                related: said.related,
                reasons: said.reasons,
                is_suggested: said.is_suggested || found.claim.standing == Standing::Suggested,
                day: day_of_claim(found.claim, &found.reading.document),
                matters: in_matters(&claim, &matters),
            })
        })
        .filter(|one| is_wanted(one, as_of, &contents))
        .collect();
    let all = answering.len();
    if !options.all {
        answering.retain(|one| one.relation != Relation::Reports);
    }
    answering.sort_by_key(|one| {
        let document = one.found.reading.document.id.clone();
        let spans = one.found.claim.content.spans.clone();
        (
            one.day.is_none(),
            one.day.clone(),
            one.is_suggested,
            document,
            spans,
        )
    });
    let asked = Asked {
        sentence: &options.sentence,
        as_of,
        documents: contents.coverage.read.saturating_sub(left_out),
        left_out,
        without_stance: all - answering.len(),
        too_many: (near.sharing > search::CLOSELY).then_some(near.sharing),
    };
    print(options, &asked, &answering, &contents, &joined)
}

fn print(
    options: &Ask,
    asked: &Asked<'_>,
    answering: &[Answering<'_>],
    contents: &Contents,
    joined: &BTreeMap<String, BTreeMap<EntityId, String>>,
) -> Outcome {
    let mut output = Output::stdout();
    match options.format {
        TextOrLines::Text => {
            let terminal = output.terminal;
            output.lines(&answer_lines(asked, answering, contents, terminal))?;
            output.line("")?;
            output.lines(&coverage_lines(&contents.coverage, terminal))?;
            output.flush()?;
        }
        TextOrLines::Jsonl => {
            let members: Members<'_> = joined
                .iter()
                .map(|(document, of)| {
                    let ids = of.iter().map(|(local, id)| (*local, id.as_str()));
                    (document.as_str(), ids.collect())
                })
                .collect();
            for one in answering {
                output.json(&answer_line(one, asked.sentence, Ids::Ledger(&members)))?;
            }
            output.flush()?;
            if !options.quiet {
                if answering.is_empty() {
                    beside(&nothing_line(asked, &contents.coverage));
                }
                beside(&coverage_line(&contents.coverage));
            }
        }
    }
    Ok(Done::Whole)
}

/// A document and a claim in it.
type Key = (String, String);

fn key(found: Found<'_>) -> Key {
    (found.reading.document.id.clone(), found.claim.id.clone())
}

/// How a claim answers.
#[derive(Debug, Clone)]
struct Said {
    relation: Relation,
    related: f64,
    reasons: Vec<String>,
    /// Whether linking only suggests it.
    is_suggested: bool,
}

/// The readings of documents that may answer, and the ledger's entities in them.
#[derive(Default)]
struct Store {
    readings: BTreeMap<String, Reading>,
    joined: BTreeMap<String, BTreeMap<EntityId, String>>,
}

impl Store {
    fn load(&mut self, ledger: &Ledger, document: &str) -> ledger::Result<()> {
        if !self.readings.contains_key(document)
            && let Some(reading) = ledger.reading(document)?
        {
            self.readings.insert(document.to_owned(), reading);
            let entities = ledger.entities_of(document)?;
            self.joined
                .insert(document.to_owned(), entities.into_iter().collect());
        }
        Ok(())
    }

    fn joined(&self, found: &Found<'_>) -> &BTreeMap<EntityId, String> {
        static NONE: BTreeMap<EntityId, String> = BTreeMap::new();
        self.joined.get(&found.reading.document.id).unwrap_or(&NONE)
    }
}

/// How a claim answers by its words; none where it is of another matter.
fn said(claim: &Claim, answer: &Answer, scope: &stance::Scope) -> Option<Said> {
    let (relation, why) = stance::answered(claim, answer.relation, scope);
    if relation == Relation::Unrelated {
        return None;
    }
    let mut reasons = answer.reasons.clone();
    reasons.extend(why);
    Some(Said {
        relation,
        related: answer.related,
        reasons,
        is_suggested: false,
    })
}

/// Adds claims that say of a claim that answers that it is so or not ("the ministry denied that"), and do not answer by their own words.
fn about(said: &mut BTreeMap<Key, Said>, contents: &Contents, scope: &stance::Scope) {
    let mut found: Vec<(Key, Said)> = Vec::new();
    for reading in &contents.readings {
        let claims = &reading.annotations.claims;
        for claim in claims {
            let Some(meant) = claim.refers_to.and_then(|index| claims.get(index as usize)) else {
                continue;
            };
            let of = |claim: &Claim| (reading.document.id.clone(), claim.id.clone());
            let own = said.get(&of(claim));
            if let Some(answer) = said
                .get(&of(meant))
                .filter(|one| one.relation != Relation::Reports)
                && own.is_none_or(|own| own.relation == Relation::Reports)
            {
                let (relation, _) = stance::answered(claim, answer.relation, scope);
                let reasons = vec![format!("{} what cl_{} says", claim.act, meant.id)];
                let related = answer.related;
                let said = Said {
                    relation,
                    related,
                    reasons,
                    is_suggested: answer.is_suggested,
                };
                found.push((of(claim), said));
            }
        }
    }
    said.extend(found);
}

/// The matters in which a claim stands: id and question.
fn in_matters(claim: &str, matters: &[link::Matter]) -> Vec<(String, String)> {
    let stands = |matter: &&link::Matter| {
        let mut claims = matter
            .positions
            .iter()
            .flat_map(|position| &position.claims);
        claims.any(|one| one.claim == claim)
    };
    matters
        .iter()
        .filter(stands)
        .map(|matter| (matter.id.clone(), matter.question.clone()))
        .collect()
}

/// Whether a claim was said by then, and nobody left it out.
fn is_wanted(one: &Answering<'_>, as_of: Option<&str>, contents: &Contents) -> bool {
    let document = &one.found.reading.document;
    let ignored = contents
        .judged_claim(&document.id, &one.found.claim.id)
        .iter()
        .any(|(effect, _)| *effect == JudgedAs::Ignored);
    let by_then = |last: &str| {
        day_of_document(document).is_some_and(|day| day <= last)
            && one.day.as_deref().is_none_or(|day| day <= last)
    };
    !ignored && as_of.is_none_or(by_then)
}

/// Who and what the question names, with every spelling that the ledger has.
#[derive(Debug, Default)]
pub struct Names {
    by_entity: BTreeMap<String, Name>,
}

/// A name of the question.
#[derive(Debug, Clone)]
pub struct Name {
    /// As the question spells it.
    pub words: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its spellings.
    pub forms: Vec<String>,
    /// The words of all its spellings, in small letters.
    pub spellings: BTreeSet<String>,
}

impl Name {
    fn new(words: &str, spelt: &Spelt) -> Self {
        Self {
            words: words.to_owned(),
            kind: spelt.kind,
            forms: spelt.forms.clone(),
            spellings: spelt.forms.iter().flat_map(|form| words_of(form)).collect(),
        }
    }

    /// Whether one of the question's own words for it begins so.
    #[must_use]
    pub fn has(&self, beginning: &str) -> bool {
        words_of(&self.words)
            .iter()
            .any(|word| word.starts_with(beginning))
    }

    /// Whether its words stand in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        has_words(&words_of(text), &words_of(&self.words))
    }
}

impl Names {
    /// The entities of which a spelling stands in the question.
    #[must_use]
    pub fn asked(sentence: &str, spellings: &[Spelt]) -> Self {
        let asked = words_of(sentence);
        let mut by_entity = BTreeMap::new();
        for spelt in spellings {
            let named = spelt
                .forms
                .iter()
                .filter(|form| {
                    let words = words_of(form);
                    words.iter().any(|word| word.len() > 2) && has_words(&asked, &words)
                })
                .max_by_key(|form| form.len());
            if let Some(form) = named {
                by_entity.insert(spelt.entity.clone(), Name::new(form, spelt));
            }
        }
        // "Ennerath" in "the Ennerath Front" names no province.
        let longer: Vec<Vec<String>> = by_entity
            .values()
            .map(|name: &Name| words_of(&name.words))
            .collect();
        by_entity.retain(|_, name| {
            let own = words_of(&name.words);
            let mut others = longer.iter().filter(|words| words.len() > own.len());
            !others.any(|words| has_words(words, &own))
        });
        Self { by_entity }
    }

    /// Whether a name of the question is known.
    fn has(&self, name: &str) -> bool {
        let words = words_of(name);
        self.all().any(|known| {
            let own = words_of(&known.words);
            has_words(&words, &own) || has_words(&own, &words)
        })
    }

    /// The entities of which a spelling is likely that of a name that no entity goes by.
    fn add_close(&mut self, unknown: &[&str], spellings: &[Spelt], model: &NameModel) {
        for name in unknown {
            let (initial, words) = (initial(name), words_of(name).len());
            let may_be = |form: &&String| {
                self::initial(form) == initial
                    && words_of(form).len() == words
                    && form.len().abs_diff(name.len()) <= LETTERS
                    && model.compare(name, form, NameKind::Other).is_match
            };
            for spelt in spellings {
                if !self.by_entity.contains_key(&spelt.entity)
                    && spelt.forms.iter().any(|form| may_be(&form))
                {
                    self.by_entity
                        .insert(spelt.entity.clone(), Name::new(name, spelt));
                }
            }
        }
    }

    /// Whether a text names one of the places that the question names; so it does where that names none.
    fn places_are_in(&self, text: &str) -> bool {
        let is_place = |name: &&Name| matches!(name.kind, EntityKind::Place | EntityKind::Facility);
        let mut places = self.all().filter(is_place).peekable();
        let words = words_of(text);
        places.peek().is_none()
            || places.any(|place| {
                let mut forms = place.forms.iter().chain([&place.words]);
                forms.any(|form| has_words(&words, &words_of(form)))
            })
    }

    /// What the question calls an entity.
    #[must_use]
    pub fn of(&self, entity: &str) -> Option<&Name> {
        self.by_entity.get(entity)
    }

    /// Their ids in the ledger.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_entity.keys().map(String::as_str)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Name> {
        self.by_entity.values()
    }
}

/// Letters by which two spellings of one name differ in length, at most.
const LETTERS: usize = 3;

fn initial(name: &str) -> Option<char> {
    let first = name.chars().find(|letter| letter.is_alphanumeric())?;
    first.to_lowercase().next()
}

/// The words of a text in small letters.
fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn has_words(text: &[String], words: &[String]) -> bool {
    !words.is_empty() && text.windows(words.len()).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_names_entities_by_whole_words() {
        let spellings = [
            ("en_1", vec!["Ennerath Front", "the Front"]),
            ("en_2", vec!["Orl"]),
            ("en_3", vec!["Orlem"]),
            ("en_4", vec!["Front"]),
        ]
        .map(|(id, forms)| Spelt {
            entity: id.to_owned(),
            kind: EntityKind::Other,
            forms: forms.into_iter().map(str::to_owned).collect(),
        });
        let names = Names::asked("Does the Front hold Orlem?", &spellings);
        let front = names.of("en_1").expect("the Front is named");
        assert_eq!(front.words, "the Front");
        assert!(front.is_in("all of THE FRONT") && !front.is_in("Ennerath"));
        assert!(names.of("en_2").is_none() && names.of("en_4").is_none());
        assert!(names.of("en_3").is_some_and(|name| name.has("orl")));
    }
}
