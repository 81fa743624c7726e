//! `parse`: tags, lemmas and dependency tree of a document's sentences; `Models`, the weights behind them.
//!
//! It does not know how they were learnt, nor what the words say.

use crate::classes::WordClasses;
use crate::lemmas::{Lemma, Lemmas};
use crate::linear::hash_bytes;
use crate::parser::{Arc, ParseRoom, Parser};
use crate::subtypes;
use crate::tagger::{Tag, TagRoom, Tagger};
use crate::weight_file::Damage;
use crate::words::Words;
use text::{Segments, vocabulary};

/// The most words that are parsed as one sentence; a longer one is parsed in pieces, each with a root, so that time
/// grows with the text alone.
const LONGEST: usize = 250;

/// The bytes of the weight files.
#[derive(Debug, Clone, Copy, Default)]
pub struct ModelFiles<'a> {
    /// `word-classes.bin`
    pub word_classes: &'a [u8],
    /// `tags.bin`
    pub tags: &'a [u8],
    /// `lemmas.bin`
    pub lemmas: &'a [u8],
    /// `tree.bin`
    pub tree: &'a [u8],
}

impl ModelFiles<'_> {
    /// Whether none is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [self.word_classes, self.tags, self.lemmas, self.tree]
            .iter()
            .all(|file| file.is_empty())
    }
}

/// The models.
#[derive(Debug, Clone)]
pub struct Models {
    classes: WordClasses,
    tagger: Tagger,
    lemmas: Lemmas,
    parser: Parser,
    upos: Vec<Upos>,
    relations: Vec<Relation>,
}

impl Models {
    /// Reads the weight files.
    ///
    /// # Errors
    /// When one of them is not such a file, whole and unchanged.
    pub fn from_bytes(files: &ModelFiles) -> Result<Self, Damage> {
        let tagger = Tagger::from_bytes(files.tags)?;
        let parser = Parser::from_bytes(files.tree)?;
        let upos = (0..tagger.tags().len())
            .map(|tag| Upos::parse(tagger.tags().upos(tag as Tag)).unwrap_or(Upos::X))
            .collect();
        let relations = (0..=u8::MAX)
            .map(|label| Relation::of(parser.label(label)))
            .collect();
        Ok(Self {
            classes: WordClasses::from_bytes(files.word_classes)?,
            lemmas: Lemmas::from_bytes(files.lemmas)?,
            tagger,
            parser,
            upos,
            relations,
        })
    }

    /// What is known of words before any sentence is seen.
    #[must_use]
    pub fn classes(&self) -> &WordClasses {
        &self.classes
    }

    /// The English tag (Penn) of a word.
    #[must_use]
    pub fn xpos(&self, node: &Node) -> &str {
        self.tagger.tags().xpos(node.tag)
    }

    /// A number for the English tag of each word, for features of later models.
    #[must_use]
    pub fn tag_numbers(&self, tree: &Tree) -> Vec<u32> {
        let tags = self.tagger.tags();
        let numbers: Vec<u32> = (0..tags.len())
            .map(|tag| hash_bytes(tags.xpos(tag as Tag).as_bytes()))
            .collect();
        tree.nodes
            .iter()
            .map(|node| numbers.get(node.tag as usize).copied().unwrap_or(0))
            .collect()
    }

    /// Writes the lemma of a word.
    pub fn lemma(&self, form: &str, node: &Node, into: &mut String) {
        self.lemmas.write(form, node.lemma, into);
    }
}

/// What is known of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Its universal part of speech.
    pub upos: Upos,
    /// Its place among the tagger's classes, of which `Models::xpos` gives the English tag.
    pub tag: Tag,
    /// What `Models::lemma` writes out.
    pub lemma: Lemma,
    /// The token on which it depends, as an index into `Segments::tokens`; none for a root.
    pub head: Option<u32>,
    /// How it depends on it.
    pub relation: Relation,
}

/// The words of a document: one node for each token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// In the order of `Segments::tokens`.
    pub nodes: Vec<Node>,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Tags and lemmas; every word is a root.
    Tags,
    /// The tree too.
    Tree,
}

/// Tags, lemmas and tree of a segmented text. Never fails; linear in the length of the text.
#[must_use]
pub fn parse(text: &str, segments: &Segments, models: &Models, depth: Depth) -> Tree {
    let mut reader = SentenceReader::default();
    let mut tree = Tree {
        nodes: Vec::with_capacity(segments.tokens.len()),
    };
    for sentence in &segments.sentences {
        let tokens = segments.tokens_of(sentence);
        let mut first = sentence.first;
        for piece in tokens.chunks(LONGEST) {
            let forms = piece.iter().map(|token| token.span.slice(text));
            reader.piece(models, forms, first, depth, &mut tree.nodes);
            first += piece.len() as u32;
        }
    }
    tree
}

/// Reads sentences one after another, in room that it keeps.
#[derive(Debug, Clone, Default)]
pub struct SentenceReader {
    words: Words,
    tags: Vec<Tag>,
    arcs: Vec<Arc>,
    tagging: TagRoom,
    parsing: ParseRoom,
    nodes: Vec<Node>,
}

impl SentenceReader {
    /// The nodes of one sentence given as words; heads count from its first word.
    pub fn read<'t>(
        &mut self,
        models: &Models,
        forms: impl Iterator<Item = &'t str> + Clone,
    ) -> &[Node] {
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.clear();
        self.piece(models, forms, 0, Depth::Tree, &mut nodes);
        self.nodes = nodes;
        &self.nodes
    }

    fn piece<'t>(
        &mut self,
        models: &Models,
        forms: impl Iterator<Item = &'t str> + Clone,
        first: u32,
        depth: Depth,
        nodes: &mut Vec<Node>,
    ) {
        self.words.fill(forms.clone(), &models.classes);
        models
            .tagger
            .tag(&self.words, &mut self.tagging, &mut self.tags);
        self.arcs.clear();
        if depth == Depth::Tree {
            models
                .parser
                .parse(&self.words, &self.tags, &mut self.parsing, &mut self.arcs);
        }
        for (index, (form, &tag)) in forms.zip(&self.tags).enumerate() {
            let arc = self.arcs.get(index);
            nodes.push(Node {
                upos: models.upos.get(tag as usize).copied().unwrap_or(Upos::X),
                tag,
                lemma: models.lemmas.lemma(form, tag),
                head: arc
                    .and_then(|arc| arc.head)
                    .map(|head| first + u32::from(head)),
                relation: arc.map_or(Relation::Root, |arc| models.relations[arc.label as usize]),
            });
        }
        if depth == Depth::Tree {
            let from = nodes.len() - self.tags.len();
            subtypes::tell(models, &self.words, first, &mut nodes[from..]);
        }
    }
}

vocabulary! {
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

vocabulary! {
    /// Dependency relation (universaldependencies.org/u/dep), with the subtypes that tell passives, agents, relative
    /// clauses, possessors and particles.
    Relation {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        Advmod = "advmod",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        Ccomp = "ccomp",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodPoss = "nmod:poss",
        Nsubj = "nsubj",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

impl Relation {
    /// The relation of a label; of a subtype that is not kept, its universal relation.
    #[must_use]
    pub fn of(label: &str) -> Self {
        let universal = label.split(':').next().unwrap_or(label);
        Self::parse(label)
            .or_else(|| Self::parse(universal))
            .unwrap_or(Self::Dep)
    }
}
