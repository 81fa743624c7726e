//! One document's entities: which names stand for one thing, against our own labels, by B-cubed (Bagga and Baldwin 1998).
//!
//! Over the labelled names: a name's precision is the share of the names in our cluster that are in its own, its recall the share of
//! the names in its own that are in ours. A labelled name that no cluster of ours holds stands alone. What of ours is no labelled
//! name counts for nothing, so that this measures clusters and not the finding of names beyond what that hides.

mod across;
pub mod gold;

use crate::acts::gold::Half;
use crate::data::{self, Data, Failure};
use crate::product::Product;
use annotate::{Annotations, MentionForm};
use gold::Labelled;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use text::Span;

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// Measures the test half too, and both halves together; do so rarely
    #[arg(long)]
    test: bool,
    /// Also every cluster of the dev half that is torn or holds another's names, in the words of our own texts; of others offsets alone
    #[arg(long)]
    errors: bool,
}

/// B-cubed F1 of the second reader against the first on the same names (`gold/README.md`).
const PEOPLE: f64 = 99.2;

/// Sums over names.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    names: usize,
    found: usize,
    precision: f64,
    recall: f64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.names += other.names;
        self.found += other.found;
        self.precision += other.precision;
        self.recall += other.recall;
    }

    fn print(self, label: &str) {
        let of = |sum: f64| 100.0 * sum / self.names.max(1) as f64;
        let (precision, recall) = (of(self.precision), of(self.recall));
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        println!(
            "{label:32} {:5} {:7.1} {precision:9.1} {recall:7.1} {f1:6.1}",
            self.names,
            of(self.found as f64)
        );
    }
}

/// Which names of one document are together, by a system: for each labelled name the number of its cluster; none where it has none.
type Clustering = Vec<Option<usize>>;

/// The systems compared, in the order of their rows.
const SYSTEMS: [&str; 4] = [
    "ours",
    "  same spelling",
    "  Jaro-Winkler .9",
    "  ours, on labelled names alone",
];

/// Prints B-cubed figures for each part, and whether the Panjshir article's entities hold.
pub fn run(data: &Data, options: &Options) -> Result<(), Failure> {
    let product = Product::new(None)?;
    let documents = gold::load(data)?;
    let mut tallies: BTreeMap<String, [Tally; SYSTEMS.len()]> = BTreeMap::new();
    for document in documents
        .iter()
        .filter(|document| options.test || document.half == Half::Dev)
    {
        let ours = ours(&product, document)?;
        let spellings: Vec<String> = document
            .names
            .iter()
            .map(|name| name.span.slice(&document.text).to_lowercase())
            .collect();
        let same = chained(&spellings, |left, right| left == right);
        let near = chained(&spellings, |left, right| {
            strsim::jaro_winkler(left, right) >= 0.9
        });
        let rows = [
            score(document, &ours, false),
            score(document, &same, false),
            score(document, &near, false),
            score(document, &ours, true),
        ];
        if options.errors && document.half == Half::Dev {
            errors(document, &ours);
        }
        for part in parts(document)
            .into_iter()
            .filter(|part| options.test || part.starts_with("dev"))
        {
            let tally = tallies.entry(part).or_default();
            for (tally, row) in tally.iter_mut().zip(rows) {
                tally.add(row);
            }
        }
    }
    println!(
        "{:32} {:>5} {:>7} {:>9} {:>7} {:>6}   clusters of names, B-cubed",
        "", "names", "found", "precision", "recall", "F1"
    );
    for (part, rows) in &tallies {
        for (system, tally) in SYSTEMS.iter().zip(rows) {
            let label = if *system == "ours" {
                part.as_str()
            } else {
                system
            };
            tally.print(label);
        }
    }
    println!("{:32} {:>37.1}   two readers of all", "people", PEOPLE);
    speed(data, &product, &documents)?;
    println!();
    across::run(data, &product, options.errors)?;
    println!();
    panjshir(data)
}

/// Prints how fast clusters and places are made from names that are found: in news (PolNeAR dev), and in the labelled documents, where
/// every other name is a village or invented.
fn speed(data: &Data, product: &Product, documents: &[Labelled]) -> Result<(), Failure> {
    let news = data::files(&data.at("polnear/dev/text")?, ".txt")?;
    let news: Vec<String> = news
        .iter()
        .map(|path| data::text(path))
        .collect::<Result<_, _>>()?;
    let labelled: Vec<&str> = documents.iter().map(|one| one.text.as_str()).collect();
    let news: Vec<&str> = news.iter().map(String::as_str).collect();
    print!("clusters and places, words a CPU second of one thread:");
    for (what, texts) in [("news", news), ("the labelled documents", labelled)] {
        let (mut seconds, mut words) = (0.0, 0);
        for text in texts {
            for document in product.documents(Path::new("text.txt"), text.as_bytes())? {
                let (spent, of_document) = product.time_of_entities(&document);
                seconds += spent.as_secs_f64();
                words += of_document;
            }
        }
        print!(" {what} {:.0}", words as f64 / seconds);
    }
    println!();
    Ok(())
}

/// The rows that a document counts in.
fn parts(document: &Labelled) -> [String; 4] {
    let own = if document.is_own { "own" } else { "public" };
    let half = document.half.to_string();
    [
        "both halves".to_owned(),
        format!("both halves, {own} texts"),
        half.clone(),
        format!("{half}, {own} texts"),
    ]
}

/// The entities of the program, laid on the labelled names.
fn ours(product: &Product, document: &Labelled) -> Result<Clustering, Failure> {
    // As a file, so that blocks are told apart as they are for users; the text of a file is the file.
    let read = product.annotated(Path::new("text.txt"), document.text.as_bytes())?;
    let Some((_, annotations)) = read.iter().find(|(read, _)| read.text == document.text) else {
        return Err(Failure(format!("{} was read as another text", document.id)));
    };
    Ok(laid(document, &named(annotations)))
}

/// The names with an entity, and its number.
fn named(annotations: &Annotations) -> Vec<(Span, usize)> {
    let named = annotations.mentions.iter();
    named
        .filter(|mention| mention.form == MentionForm::Name)
        .filter_map(|mention| Some((mention.span, mention.entity?.index())))
        .collect()
}

/// For each labelled name the entity of our name on the same words: one that shares at least half of the bytes of the shorter, each
/// taken once, the likest first.
fn laid(document: &Labelled, ours: &[(Span, usize)]) -> Clustering {
    let mut pairs = Vec::new();
    for (index, name) in document.names.iter().enumerate() {
        for (other, (span, _)) in ours.iter().enumerate() {
            let shared = name.span.shared(*span);
            let (left, right) = (name.span.len(), span.len());
            if shared > 0 && shared * 2 >= left.min(right) {
                pairs.push((left + right - 2 * shared, index, other));
            }
        }
    }
    pairs.sort_unstable();
    let mut clusters = vec![None; document.names.len()];
    let mut taken = BTreeSet::new();
    for (_, index, other) in pairs {
        if clusters[index].is_none() && taken.insert(other) {
            clusters[index] = Some(ours[other].1);
        }
    }
    clusters
}

/// Names joined wherever two of them are alike, and through each other.
fn chained(names: &[String], alike: impl Fn(&str, &str) -> bool) -> Clustering {
    let mut cluster: Vec<usize> = (0..names.len()).collect();
    for right in 0..names.len() {
        for left in 0..right {
            if cluster[left] != cluster[right] && alike(&names[left], &names[right]) {
                let (from, to) = (cluster[right], cluster[left]);
                for number in &mut cluster {
                    if *number == from {
                        *number = to;
                    }
                }
            }
        }
    }
    cluster.into_iter().map(Some).collect()
}

/// The sums of a document; `found_only` leaves out names that no cluster holds.
fn score(document: &Labelled, clusters: &Clustering, found_only: bool) -> Tally {
    let names: Vec<(&str, Option<usize>)> = document
        .names
        .iter()
        .zip(clusters)
        .filter(|(_, cluster)| !found_only || cluster.is_some())
        .map(|(name, cluster)| (name.cluster.as_str(), *cluster))
        .collect();
    b_cubed(&names)
}

/// The sums over names, each with its labelled cluster and ours; a name without ours stands alone.
fn b_cubed(names: &[(&str, Option<usize>)]) -> Tally {
    let mut tally = Tally::default();
    for (index, (wanted, cluster)) in names.iter().enumerate() {
        let (mut both, mut ours, mut theirs) = (0, 0, 0);
        for (number, (other, given)) in names.iter().enumerate() {
            let is_given = number == index || cluster.is_some() && given == cluster;
            let is_wanted = other == wanted;
            both += usize::from(is_given && is_wanted);
            ours += usize::from(is_given);
            theirs += usize::from(is_wanted);
        }
        tally.names += 1;
        tally.found += usize::from(cluster.is_some());
        tally.precision += f64::from(both as u32) / f64::from(ours as u32);
        tally.recall += f64::from(both as u32) / f64::from(theirs as u32);
    }
    tally
}

/// Prints which clusters are torn and which hold names of several.
fn errors(document: &Labelled, clusters: &Clustering) {
    let shown = |index: usize| {
        let span = document.names[index].span;
        if document.is_own {
            span.slice(&document.text).to_owned()
        } else {
            format!("{}-{}", span.start, span.end)
        }
    };
    let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut given: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (name, cluster)) in document.names.iter().zip(clusters).enumerate() {
        wanted.entry(&name.cluster).or_default().push(index);
        if let Some(cluster) = cluster {
            given.entry(*cluster).or_default().push(index);
        }
    }
    for names in wanted.values() {
        let mut pieces: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
        for index in names {
            pieces
                .entry(clusters[*index])
                .or_default()
                .push(shown(*index));
        }
        if pieces.len() > 1 || pieces.contains_key(&None) {
            println!("{} torn: {pieces:?}", document.id);
        }
    }
    for names in given.values() {
        let mut pieces: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for index in names {
            pieces
                .entry(&document.names[*index].cluster)
                .or_default()
                .push(shown(*index));
        }
        if pieces.len() > 1 {
            println!("{} mixed: {pieces:?}", document.id);
        }
    }
}

#[derive(Debug, Deserialize)]
struct Listed {
    entities: Vec<ListedEntity>,
}

/// An entity of the Panjshir article.
#[derive(Debug, Deserialize)]
struct ListedEntity {
    name: String,
    mentions: Vec<String>,
    #[serde(default)]
    distinct_from: Vec<String>,
}

/// Prints for every listed entity of the Panjshir article whether its mentions are one entity, and no other's.
fn panjshir(data: &Data) -> Result<(), Failure> {
    let path = data.at("articles/panjshir-2021-09-06.txt")?;
    let listed: Listed = serde_json::from_str(&data::text(&data.gold("panjshir.json")?)?)
        .map_err(|error| Failure(format!("panjshir.json: {error}")))?;
    let read = Product::new(Some("2021-09-06"))?.annotated(&path, &data::bytes(&path)?)?;
    let Some((document, annotations)) = read.first() else {
        return Err(Failure("the Panjshir article has no text".to_owned()));
    };
    let mut by_words: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (span, entity) in named(annotations) {
        by_words
            .entry(span.slice(&document.text))
            .or_default()
            .insert(entity);
    }
    // A phrase may be a name with its kind behind it ("Punjir province").
    let of = |words: &str| -> BTreeSet<usize> {
        let bare = words.rsplit_once(' ').map_or(words, |(bare, _)| bare);
        let found = by_words.get(words).or_else(|| by_words.get(bare));
        found.cloned().unwrap_or_default()
    };
    let mut held = 0;
    for entity in &listed.entities {
        let found: BTreeSet<usize> = entity.mentions.iter().flat_map(|words| of(words)).collect();
        let unfound = entity.mentions.iter().find(|words| of(words).is_empty());
        let others: BTreeSet<usize> = listed
            .entities
            .iter()
            .filter(|other| other.name != entity.name)
            .flat_map(|other| &other.mentions)
            .chain(&entity.distinct_from)
            .flat_map(|words| of(words))
            .collect();
        let verdict = match (unfound, found.len(), found.is_disjoint(&others)) {
            (Some(words), ..) => format!("“{words}” is not found"),
            (None, 1, true) => {
                held += 1;
                "holds".to_owned()
            }
            (None, 1, false) => "is another's as well".to_owned(),
            (None, pieces, _) => format!("is {pieces} entities"),
        };
        println!("{:32} {verdict}", entity.name);
    }
    println!(
        "entities of the Panjshir article that hold: {held} of {}",
        listed.entities.len()
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gold::LabelledName;

    #[test]
    fn names_together_and_apart_are_counted() {
        let text = "Hastrell Hastrel Dorun Velik".to_owned();
        let name = |start: usize, end: usize, cluster: &str| LabelledName {
            span: Span::new(start, end),
            kind: "Person".to_owned(),
            cluster: cluster.to_owned(),
        };
        let document = Labelled {
            id: "a".to_owned(),
            half: Half::Dev,
            is_own: true,
            text,
            names: vec![
                name(0, 8, "c1"),
                name(9, 16, "c1"),
                name(17, 22, "c2"),
                name(23, 28, "c3"),
            ],
        };
        let ours = laid(
            &document,
            &[
                (Span::new(0, 8), 4),
                (Span::new(9, 15), 4),
                (Span::new(17, 22), 4),
            ],
        );
        assert_eq!(ours, [Some(4), Some(4), Some(4), None]);
        let tally = score(&document, &ours, false);
        assert_eq!((tally.names, tally.found), (4, 3));
        assert!((tally.precision - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0)).abs() < 1e-9);
        assert!((tally.recall - 4.0).abs() < 1e-9);
        let alone = chained(&["a".to_owned(), "b".to_owned()], |left, right| {
            left == right
        });
        assert_ne!(alone[0], alone[1]);
    }
}
