//! The LGL corpus (Lieberman et al. 2010): local news with the coordinates of its toponyms.
//!
//! It does not know how places are found. The texts belong to their publishers and stay outside the checkout.

use crate::data::{Data, Failure, bytes};
use lzma_rust2::XzReader;
use std::io::Read;

/// An article with its toponyms.
pub struct Article {
    pub text: String,
    /// Those that have coordinates, in order.
    pub toponyms: Vec<Toponym>,
}

/// A toponym with coordinates.
pub struct Toponym {
    /// Bytes of the text.
    pub span: text::Span,
    pub lat: f64,
    pub lon: f64,
    /// Its number in GeoNames.
    pub geonames: String,
    /// The feature code of GeoNames: `PPL`, `ADM1`, `PCLI`.
    pub feature: String,
}

/// Reads the corpus.
pub fn read(data: &Data) -> Result<Vec<Article>, Failure> {
    let path = data.at("places/lgl.xml.xz")?;
    let mut xml = String::new();
    XzReader::new(bytes(&path)?.as_slice(), true)
        .read_to_string(&mut xml)
        .map_err(|error| Failure(format!("{} cannot be unpacked: {error}", path.display())))?;
    let xml = xml.replace("\r\n", "\n");
    Ok(elements(&xml, "article").filter_map(article).collect())
}

fn article(xml: &str) -> Option<Article> {
    let text = content(elements(xml, "text").next()?);
    // Offsets of the corpus count characters.
    let starts: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let toponyms = elements(xml, "toponym")
        .filter_map(|xml| {
            let field = |name| elements(xml, name).next().map(content);
            let byte = |name| Some(*starts.get(field(name)?.trim().parse::<usize>().ok()?)?);
            Some(Toponym {
                span: text::Span::new(byte("start")?, byte("end")?),
                lat: field("lat")?.parse().ok()?,
                lon: field("lon")?.parse().ok()?,
                geonames: xml
                    .split_once("geonameid=\"")?
                    .1
                    .split('"')
                    .next()?
                    .to_string(),
                feature: field("fcode").unwrap_or_default(),
            })
        })
        .collect();
    Some(Article { text, toponyms })
}

/// What stands between the tags of each element of this name; elements of one name are not nested.
fn elements<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let (_, after) = rest.split_once(&open)?;
            rest = after;
            if !after.starts_with(['>', ' ']) {
                continue;
            }
            let (_, inside) = after.split_once('>')?;
            let (inside, behind) = inside.split_once(&close)?;
            rest = behind;
            return Some(inside);
        }
    })
}

fn content(inside: &str) -> String {
    let raw = inside
        .strip_prefix("<![CDATA[")
        .and_then(|rest| rest.strip_suffix("]]>"));
    raw.map_or_else(
        || {
            let plain = inside
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"");
            plain.replace("&apos;", "'").replace("&amp;", "&")
        },
        str::to_string,
    )
}
