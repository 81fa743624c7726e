//! Tests of the annotations: by labelled sentences, by the lexicons' own examples, and by what holds of any text.

mod beside;
mod check;
mod entities;
mod gold;
mod inner;
mod lexicon;
mod narrator;
mod properties;
mod quantities;
mod targets;
