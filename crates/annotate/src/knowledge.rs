//! `Knowledge`: the lexicons and gazetteer layers, parsed once and handed to every reading.
//!
//! It does not open files: text comes in, and a line that cannot be read comes back as a problem, never a panic.

use crate::acts::{ActLexicon, ActModel, Stances};
use crate::attribution_reader::AttributionModel;
use crate::bits::bits;
use crate::confidence::Confidences;
use crate::cues::Cues;
use crate::demonyms::Demonyms;
use crate::events::{Cameo, EventLexicon, EventModel, Factuality};
use crate::layers::Layers;
use crate::mentions::{NameHints, NameTagger};
use crate::nominal_lexicon::NominalLexicon;
use crate::place_lexicon::PlaceLexicon;
use crate::places::PlaceWeights;
use crate::quantities::QuantityLexicon;
use crate::source_ranker::SourceRanker;
use crate::times::TimeLexicon;
use crate::watchlist::{ListEntry, Watchlist};
use gazetteer::Gazetteer;
use names::{NameFiles, NameModel};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;
use syntax::weight_file::Damage;
use syntax::{ModelFiles, Models};
use text::{Segmenter, SegmenterFiles};

/// The text of each lexicon file (`lexicon/<field>.txt`) and of the user's gazetteer layers.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnowledgeFiles<'a> {
    /// What sentences and tokens are found with.
    pub segmenter: SegmenterFiles<'a>,
    /// Cues with acts and frames.
    pub cues: &'a str,
    /// What turns the act of a cue and what performs one.
    pub acts: &'a str,
    /// Acts that words of attitude mostly perform.
    pub stances: &'a str,
    /// Closed classes of words.
    pub words: &'a str,
    /// Words for people, bodies and places.
    pub parties: &'a str,
    /// Countries, adjectives and peoples.
    pub demonyms: &'a str,
    /// Head nouns of phrases and the words around them.
    pub nominals: &'a str,
    /// What tells of an event.
    pub events: &'a str,
    /// What makes an event denied, future, supposed or repeated.
    pub commitment: &'a str,
    /// Weights of what speaks for that something happened (`models/commitment.tsv`); without them the rules decide alone.
    pub commitment_weights: &'a str,
    /// Weights of the types of events (`events.bin`); without them the lexicon decides alone.
    pub event_weights: &'a [u8],
    /// The verb patterns of CAMEO (`models/cameo.tsv`).
    pub cameo: &'a str,
    /// How English says when, how long and how often.
    pub times: &'a str,
    /// Hedges of numbers and what befell those counted.
    pub quantities: &'a str,
    /// Words of conflict and politics, by which the narrator's own statements are told.
    pub narration: &'a str,
    /// What is said of a claim being checked, and hedges.
    pub verification: &'a str,
    /// Confidence of each rule and cue (`models/attribution-confidence.tsv`); empty: every claim is given.
    pub confidence: &'a str,
    /// Weights of tagger, lemmas and parser; without any, nothing is tagged or parsed.
    pub syntax: ModelFiles<'a>,
    /// Weights of the name tagger (`mentions.bin`); without them no names are found.
    pub mentions: &'a [u8],
    /// Weights of the reader of attributions (`attributions.bin`); without them attributions are read by patterns.
    pub attributions: &'a [u8],
    /// What spellings of names are compared by; without it they are compared by a key and edit distance.
    pub names: NameFiles<'a>,
    /// Weights of the ranker of antecedents (`sources.tsv`); without them pronouns and phrases that point back stand for nobody.
    pub sources: &'a str,
    /// Weights of the acts of cues (`acts.bin`); without them the rules decide alone.
    pub act_weights: &'a [u8],
    /// How texts write places.
    pub places: &'a str,
    /// What speaks for one of several places of a name (`models/places.tsv`).
    pub place_weights: &'a str,
    /// The user's own gazetteer layers, TSV with a header line, in order; an earlier layer wins.
    pub layers: &'a [&'a str],
}

/// All lexicons, parsed.
#[derive(Debug, Clone)]
pub struct Knowledge {
    pub(crate) segmenter: Segmenter,
    pub(crate) cues: Cues,
    pub(crate) acts: ActLexicon,
    pub(crate) stances: Stances,
    pub(crate) words: Words,
    pub(crate) parties: Parties,
    pub(crate) demonyms: Demonyms,
    pub(crate) nominals: NominalLexicon,
    pub(crate) events: EventLexicon,
    pub(crate) commitment: WordLists,
    pub(crate) factuality: Factuality,
    pub(crate) event_model: Option<EventModel>,
    pub(crate) cameo: Cameo,
    pub(crate) times: TimeLexicon,
    pub(crate) quantities: QuantityLexicon,
    pub(crate) narration: WordLists,
    pub(crate) verification: WordLists,
    pub(crate) confidences: Confidences,
    pub(crate) syntax: Option<Models>,
    pub(crate) name_tagger: Option<NameTagger>,
    pub(crate) name_hints: NameHints,
    pub(crate) attribution_model: Option<AttributionModel>,
    pub(crate) name_model: Option<NameModel>,
    pub(crate) source_ranker: Option<SourceRanker>,
    pub(crate) act_model: Option<ActModel>,
    pub(crate) layers: Layers,
    pub(crate) place_lexicon: PlaceLexicon,
    pub(crate) place_weights: PlaceWeights,
    pub(crate) gazetteer: Option<Arc<Gazetteer>>,
    pub(crate) watchlist: Option<Arc<Watchlist>>,
    problems: Vec<String>,
}

impl Knowledge {
    /// Parses the files. Lines that cannot be read are left out and named in `problems`.
    #[must_use]
    pub fn parse(files: &KnowledgeFiles) -> Knowledge {
        let syntax = || {
            let mut problems = Vec::new();
            (models(&files.syntax, &mut problems), problems)
        };
        let ((syntax, mut problems), rest) = both(syntax, || Self::without_syntax(files));
        problems.extend(rest.problems);
        Knowledge {
            syntax,
            problems,
            ..rest
        }
    }

    fn without_syntax(files: &KnowledgeFiles) -> Knowledge {
        let mut problems = Vec::new();
        Knowledge {
            segmenter: Segmenter::parse(&files.segmenter),
            cues: Cues::parse(files.cues, &mut problems),
            acts: ActLexicon::parse(files.acts),
            stances: Stances::parse(files.stances),
            words: Words::parse(files.words),
            parties: Parties::parse(files.parties),
            demonyms: Demonyms::parse(files.demonyms, files.parties, &mut problems),
            nominals: NominalLexicon::parse(files.nominals, &mut problems),
            events: EventLexicon::parse(files.events, &mut problems),
            commitment: WordLists::parse(files.commitment),
            factuality: Factuality::parse(files.commitment_weights, &mut problems),
            event_model: model(files.event_weights, EventModel::from_bytes, &mut problems),
            cameo: Cameo::parse(files.cameo, &mut problems),
            times: TimeLexicon::parse(files.times, &mut problems),
            quantities: QuantityLexicon::parse(files.quantities, &mut problems),
            narration: WordLists::parse(files.narration),
            verification: WordLists::parse(files.verification),
            confidences: Confidences::parse(files.confidence, &mut problems),
            syntax: None,
            name_tagger: model(files.mentions, NameTagger::from_bytes, &mut problems),
            name_hints: NameHints::parse(files.parties, files.words, files.demonyms),
            attribution_model: model(
                files.attributions,
                AttributionModel::from_bytes,
                &mut problems,
            ),
            act_model: model(files.act_weights, ActModel::from_bytes, &mut problems),
            name_model: name_model(&files.names, &mut problems),
            source_ranker: SourceRanker::parse(files.sources, &mut problems),
            layers: Layers::parse(files.layers, &mut problems),
            place_lexicon: PlaceLexicon::parse(files.places, files.demonyms, &mut problems),
            place_weights: PlaceWeights::parse(files.place_weights),
            gazetteer: None,
            watchlist: None,
            problems,
        }
    }

    /// The same with a gazetteer of the world, below the user's layers; without one, only these know places.
    #[must_use]
    pub fn with_gazetteer(self, gazetteer: Gazetteer) -> Knowledge {
        Knowledge {
            gazetteer: Some(Arc::new(gazetteer)),
            ..self
        }
    }

    /// The same with a list of the user's own; without weights of names nobody is found on it.
    #[must_use]
    pub fn with_watchlist(self, entries: Vec<ListEntry>) -> Knowledge {
        let watchlist = self
            .name_model
            .as_ref()
            .filter(|_| !entries.is_empty())
            .map(|model| Arc::new(Watchlist::new(entries, model)));
        Knowledge { watchlist, ..self }
    }

    /// The models of tagger and parser, where there are any.
    #[must_use]
    pub fn syntax(&self) -> Option<&Models> {
        self.syntax.as_ref()
    }

    /// The ranker of antecedents, where there is one.
    #[must_use]
    pub fn source_ranker(&self) -> Option<&SourceRanker> {
        self.source_ranker.as_ref()
    }

    /// What spellings of names are compared by; nothing where there are no weights of names.
    #[must_use]
    pub fn names(&self) -> Option<&NameModel> {
        self.name_model.as_ref()
    }

    /// Lines of the files that could not be read, as sentences.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

/// Does two things at the same time: a user waits for what is loaded, and the weights of the syntax are half of that. Where no
/// thread can be had, one after the other.
fn both<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let begun = thread::Builder::new().spawn_scoped(scope, &one).ok();
        let other = other();
        let one = begun
            .and_then(|begun| begun.join().ok())
            .unwrap_or_else(&one);
        (one, other)
    })
}

fn models(files: &ModelFiles, problems: &mut Vec<String>) -> Option<Models> {
    if files.is_empty() {
        return None;
    }
    Models::from_bytes(files)
        .map_err(|damage| problems.push(damage.to_string()))
        .ok()
}

fn name_model(files: &NameFiles, problems: &mut Vec<String>) -> Option<NameModel> {
    if files.weights.is_empty() {
        return None;
    }
    NameModel::parse(files)
        .map_err(|problem| problems.push(problem))
        .ok()
}

/// What a weight file holds; nothing where there is none.
fn model<M>(
    file: &[u8],
    read: impl Fn(&[u8]) -> Result<M, Damage>,
    problems: &mut Vec<String>,
) -> Option<M> {
    if file.is_empty() {
        return None;
    }
    read(file)
        .map_err(|damage| problems.push(damage.to_string()))
        .ok()
}

/// A set of word classes, one bit each.
pub(crate) type Class = u32;

bits! { class -> Class:
    DETERMINER = "determiner" @ 0,
    POSSESSIVE = "possessive" @ 1,
    PRONOUN = "pronoun" @ 2,
    PERSONAL = "personal" @ 3,
    OBJECT_PRONOUN = "object-pronoun" @ 4,
    PREPOSITION = "preposition" @ 5,
    AUXILIARY = "auxiliary" @ 6,
    MODAL = "modal" @ 7,
    BE = "be" @ 8,
    NEGATION = "negation" @ 9,
    CONJUNCTION = "conjunction" @ 10,
    SUBORDINATOR = "subordinator" @ 11,
    RELATIVE = "relative" @ 12,
    ADVERB = "adverb" @ 13,
    TIME = "time" @ 14,
    WEEKDAY = "weekday" @ 15,
    MONTH = "month" @ 16,
    VERB = "verb" @ 17,
    COMMON = "common" @ 18,
    NEEDS_OBJECT = "needs-object" @ 19,
    CLAIM_NOUN = "claim-noun" @ 20,
}

/// The closed classes of `words.txt`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    classes: HashMap<String, Class>,
}

impl Words {
    fn parse(file: &str) -> Words {
        let mut classes: HashMap<String, Class> = HashMap::new();
        for (name, words) in sections(file) {
            if let Some(bit) = class(&name) {
                for word in words {
                    *classes.entry(word.to_lowercase()).or_default() |= bit;
                }
            }
        }
        Words { classes }
    }

    /// The classes of a lower-case word.
    pub(crate) fn of(&self, lower: &str) -> Class {
        self.classes.get(lower).copied().unwrap_or(0)
    }
}

/// The words of each section of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordLists {
    sections: HashMap<String, HashSet<String>>,
}

impl WordLists {
    pub(crate) fn parse(file: &str) -> WordLists {
        let mut lists = WordLists::default();
        for (name, words) in sections(file) {
            lists.sections.entry(name).or_default().extend(words);
        }
        lists
    }

    /// Whether a word stands in a section, in exactly this case.
    pub(crate) fn has(&self, section: &str, word: &str) -> bool {
        (self.sections.get(section)).is_some_and(|words| words.contains(word))
    }
}

/// The sections of `parties.txt`: word → section names it stands in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parties {
    sections: HashMap<String, HashMap<String, String>>,
}

impl Parties {
    fn parse(file: &str) -> Parties {
        let mut parties = Parties::default();
        for (name, words) in sections(file) {
            let section = parties.sections.entry(name).or_default();
            for word in words {
                let (word, key) = word.split_once('=').unwrap_or((&word, &word));
                section.insert(word.replace('_', " "), key.to_string());
            }
        }
        parties
    }

    /// Whether a word stands in a section, in exactly this case.
    pub(crate) fn has(&self, section: &str, word: &str) -> bool {
        self.sections
            .get(section)
            .is_some_and(|words| words.contains_key(word))
    }

    /// The key of a word in a section.
    pub(crate) fn key(&self, section: &str, word: &str) -> Option<&str> {
        self.sections.get(section)?.get(word).map(String::as_str)
    }
}

/// The lines that say something, with their numbers from 1.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = (usize, &str)> {
    file.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// `[section]` headers with the words below each, in order.
pub(crate) fn sections(file: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (_, line) in lines(file) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            found.push((name.to_string(), Vec::new()));
        } else if let Some((_, words)) = found.last_mut() {
            words.extend(line.split_whitespace().map(str::to_string));
        }
    }
    found
}
