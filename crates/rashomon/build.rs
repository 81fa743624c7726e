//! Builds the program anew when a lexicon or an example is added or taken away, not only when one changes, and unpacks the
//! gazetteer, which the program opens in place.
//!
//! It does not know what is in them.

use std::path::PathBuf;
use std::{env, fs, io};

/// The packed gazetteer.
const PACKED: &str = "../../gazetteer/places.bin.xz";

fn main() -> io::Result<()> {
    for path in ["../../lexicon", "../../examples", PACKED] {
        println!("cargo::rerun-if-changed={path}");
    }
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let packed = io::BufReader::new(fs::File::open(PACKED)?);
    let mut unpacked = fs::File::create(PathBuf::from(folder).join("places.bin"))?;
    io::copy(&mut lzma_rust2::XzReader::new(packed, true), &mut unpacked)?;
    Ok(())
}
