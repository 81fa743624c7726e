//! Builds the program anew when a lexicon or an example is added or taken away, not only when one changes.
//!
//! It does not know what is in them.

fn main() {
    for folder in ["../../lexicon", "../../examples"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
