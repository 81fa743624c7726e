//! `NameModel`: what is known and learnt about spellings, read from bytes.
//!
//! It does not know where the bytes come from, nor how they were learnt.

use crate::costs::SoundCosts;
use crate::dictionary::Dictionary;
use crate::features::{KEY_BITS, NUMBERS};
use crate::letters::KINDS;
use crate::lexicon::NameLexicon;
use crate::packed::{self, Body, Kind, put_number};
use crate::transducer::{Edit, PIECE, Transducer};
use crate::trees::{DEEPEST, Tree, Trees};
use std::fmt;

/// Why a dictionary or a weight file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What the bytes should have been.
    pub wanted: &'static str,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "these bytes are no {} of this version, or were cut off or changed; take the file anew from the source",
            self.wanted
        )
    }
}

impl std::error::Error for Damage {}

/// What is known and learnt about spellings of names.
#[derive(Debug, Clone)]
pub struct NameModel {
    pub(crate) dictionary: Dictionary,
    pub(crate) learned: Learned,
    pub(crate) lexicon: NameLexicon,
}

/// What was learnt from pairs of words.
#[derive(Debug, Clone)]
pub struct Learned {
    /// Which pieces stand for one another.
    pub transducer: Transducer,
    /// A weight for each key, in steps of `scale`.
    pub weights: Vec<i8>,
    /// The log odds of one step of a weight.
    pub scale: f32,
    /// Which rough sounds stand for one another.
    pub sounds: SoundCosts,
    /// The trees over all numbers.
    pub trees: Trees,
}

/// What a model of names is read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct NameFiles<'a> {
    /// Weights (`models/names.bin`).
    pub weights: &'a [u8],
    /// Names that are known (`models/names-dictionary.bin`).
    pub dictionary: &'a [u8],
    /// Words that play a part in full names (`lexicon/names.txt`).
    pub lexicon: &'a str,
}

impl NameModel {
    /// Reads dictionary, weights and lexicon.
    ///
    /// # Errors
    /// A sentence that says what is damaged, or which line of the lexicon cannot be read.
    pub fn parse(files: &NameFiles) -> Result<Self, String> {
        let lexicon =
            NameLexicon::parse(files.lexicon).map_err(|error| format!("names {error}"))?;
        Self::from_bytes(files.dictionary, files.weights)
            .map(|model| model.with_lexicon(lexicon))
            .map_err(|damage| damage.to_string())
    }

    /// Reads the dictionary and the weights; an empty dictionary is allowed and knows no name.
    ///
    /// # Errors
    /// When bytes are damaged or of another version.
    pub fn from_bytes(dictionary: &[u8], weights: &[u8]) -> Result<Self, Damage> {
        Ok(Self {
            dictionary: Dictionary::from_bytes(dictionary)?,
            learned: Learned::from_bytes(weights)?,
            lexicon: NameLexicon::default(),
        })
    }
}

impl NameModel {
    /// Whether a folded word is part of a personal name that the dictionary has.
    #[must_use]
    pub fn knows(&self, folded: &str) -> bool {
        self.dictionary.of(folded).is_some()
    }
}

impl Learned {
    /// The file of these weights.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_number(&mut body, self.transducer.edits().len());
        for edit in self.transducer.edits() {
            body.push((edit.left.len() * 8 + edit.right.len()) as u8);
            body.extend_from_slice(&edit.left);
            body.extend_from_slice(&edit.right);
            body.push(edit.gain.to_le_bytes()[0]);
        }
        body.extend_from_slice(&self.scale.to_le_bytes());
        body.extend(self.weights.iter().map(|weight| weight.to_le_bytes()[0]));
        let gains = self.sounds.gains();
        body.extend(gains.iter().map(|gain| gain.to_le_bytes()[0]));
        body.extend_from_slice(&self.trees.base.to_le_bytes());
        put_number(&mut body, self.trees.trees.len());
        for tree in &self.trees.trees {
            for (number, bound) in tree.numbers.iter().zip(&tree.bounds) {
                body.push(*number);
                body.extend_from_slice(&bound.to_le_bytes());
            }
            for leaf in &tree.leaves {
                body.extend_from_slice(&leaf.to_le_bytes());
            }
        }
        packed::framed(Kind::Weights, &body)
    }

    fn from_bytes(file: &[u8]) -> Result<Self, Damage> {
        let mut body = packed::body(Kind::Weights, file)?;
        let count = body.number()?;
        let mut edits = Vec::new();
        for _ in 0..count {
            edits.push(edit(&mut body)?);
        }
        let scale = body.float()?;
        let weights = body
            .take(1 << KEY_BITS)?
            .iter()
            .map(|byte| i8::from_le_bytes([*byte]))
            .collect();
        let gains = body.take(SoundCosts::FEATURES)?;
        let sounds = SoundCosts::from_gains(
            gains
                .iter()
                .map(|byte| i8::from_le_bytes([*byte]))
                .collect(),
        )?;
        let mut trees = Trees {
            base: body.float()?,
            trees: Vec::new(),
        };
        for _ in 0..body.number()? {
            trees.trees.push(tree(&mut body)?);
        }
        if body.is_done() {
            Ok(Self {
                transducer: Transducer::new(edits),
                weights,
                scale,
                sounds,
                trees,
            })
        } else {
            Err(body.damage())
        }
    }
}

fn edit(body: &mut Body) -> Result<Edit, Damage> {
    let lens = usize::from(body.byte()?);
    let (left, right) = (lens / 8, lens % 8);
    if left > PIECE || right > PIECE {
        return Err(body.damage());
    }
    let (left, right) = (body.take(left)?, body.take(right)?);
    if left
        .iter()
        .chain(right)
        .any(|&letter| usize::from(letter) >= KINDS)
    {
        return Err(body.damage());
    }
    Ok(Edit {
        left: left.to_vec(),
        right: right.to_vec(),
        gain: i8::from_le_bytes([body.byte()?]),
    })
}

fn tree(body: &mut Body) -> Result<Tree, Damage> {
    let mut tree = Tree {
        numbers: [0; DEEPEST],
        bounds: [0.0; DEEPEST],
        leaves: [0; 1 << DEEPEST],
    };
    for (number, bound) in tree.numbers.iter_mut().zip(&mut tree.bounds) {
        *number = body.byte()?;
        if usize::from(*number) >= NUMBERS {
            return Err(body.damage());
        }
        *bound = body.float()?;
    }
    for leaf in &mut tree.leaves {
        let bytes = body.take(2)?;
        *leaf = i16::from_le_bytes([bytes[0], bytes[1]]);
    }
    Ok(tree)
}
