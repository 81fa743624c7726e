//! `bits!`: sets of classes that a lexicon gives its words, one bit for each, with the name that the file uses.

/// `bits! { class -> u32: NAME = "name" @ 0, … }` makes a constant of each line, and a function from a name to its bit.
macro_rules! bits {
    ($of:ident -> $bits:ty: $($name:ident = $word:literal @ $bit:literal),+ $(,)?) => {
        $(pub(crate) const $name: $bits = 1 << $bit;)+
        fn $of(word: &str) -> Option<$bits> {
            match word { $($word => Some($name),)+ _ => None }
        }
    };
}
pub(crate) use bits;
