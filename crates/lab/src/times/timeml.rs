//! Documents with times marked in them: TimeML (TIMEX3) and WikiWars (TIMEX2), without the markup.
//!
//! It does not know how times are compared. The document's own date is no label.

use crate::data::{self, Failure};
use roxmltree::{Document, Node, ParsingOptions};
use std::path::Path;

/// A marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub text: String,
    /// The document's day, `2009-12-19`.
    pub day: String,
    /// In the order of the text.
    pub times: Vec<Time>,
}

/// A time, marked or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// First byte and byte after the last.
    pub span: (usize, usize),
    pub kind: String,
    pub value: String,
    pub modifier: String,
}

/// Reads one `.tml` or `.key.xml` file.
pub fn read(path: &Path) -> Result<Marked, Failure> {
    let wrong = |what: String| Failure(format!("{}: {what}", path.display()));
    let xml = with_entities(&data::text(path)?);
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let document =
        Document::parse_with_options(&xml, options).map_err(|error| wrong(error.to_string()))?;
    let nodes = || document.descendants().filter(Node::is_element);
    let (tag, value) = if nodes().any(|node| node.has_tag_name("TIMEX2")) {
        ("TIMEX2", "val")
    } else {
        ("TIMEX3", "value")
    };
    let marks = Marks { tag, value };
    let is_creation = |node: &Node| node.attribute("functionInDocument") == Some("CREATION_TIME");
    let own = nodes()
        .filter(|node| node.has_tag_name("DCT") || node.has_tag_name("DATETIME"))
        .flat_map(|node| node.descendants())
        .find(|node| node.has_tag_name(tag))
        .or_else(|| nodes().find(|node| node.has_tag_name(tag) && is_creation(node)));
    let day = own.and_then(|node| node.attribute(value)?.get(..10));
    let mut marked = Marked {
        text: String::new(),
        day: day.ok_or_else(|| wrong("no day".to_owned()))?.to_owned(),
        times: Vec::new(),
    };
    let body = nodes()
        .find(|node| node.has_tag_name("TEXT"))
        .ok_or_else(|| wrong("no TEXT".to_owned()))?;
    marks.walk(body, false, &mut marked);
    Ok(marked)
}

/// What a time is marked by.
struct Marks {
    tag: &'static str,
    value: &'static str,
}

impl Marks {
    /// Adds the text below a node, and of nested times the outermost.
    fn walk(&self, node: Node, is_inside: bool, marked: &mut Marked) {
        for child in node.children() {
            if child.is_text() {
                marked.text.push_str(child.text().unwrap_or_default());
            } else if child.is_element() {
                let start = marked.text.len();
                let place = marked.times.len();
                let is_time = child.has_tag_name(self.tag);
                self.walk(child, is_inside || is_time, marked);
                if is_time && !is_inside && marked.text.len() > start {
                    let of = |name: &str| child.attribute(name).unwrap_or_default().to_owned();
                    let time = Time {
                        span: (start, marked.text.len()),
                        kind: of("type"),
                        value: of(self.value),
                        modifier: of("mod"),
                    };
                    marked.times.insert(place, time);
                }
            }
        }
    }
}

/// With an entity for each ampersand that begins none: the sets have bare ones.
fn with_entities(xml: &str) -> String {
    let mut parts = xml.split('&');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split_once(';').map(|(name, _)| name);
        let is_entity = name.is_some_and(|name| {
            matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
                || name.strip_prefix('#').is_some_and(|number| {
                    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
                })
        });
        whole.push_str(if is_entity { "&" } else { "&amp;" });
        whole.push_str(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_time_counts_and_its_text_stays() {
        let folder = std::env::temp_dir().join(format!("lab-timeml-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("a.key.xml");
        let xml = "<DOC><DATETIME><TIMEX2 val=\"2031-05-06T10:00\">x</TIMEX2></DATETIME><TEXT>R&D on \
                   <TIMEX2 val=\"2031-05\" mod=\"END\">late <TIMEX2 val=\"2031\">May</TIMEX2></TIMEX2>, he said.</TEXT></DOC>";
        std::fs::write(&path, xml).expect("written");
        let marked = read(&path).expect("read");
        std::fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(marked.text, "R&D on late May, he said.");
        assert_eq!(marked.day, "2031-05-06");
        assert_eq!(marked.times.len(), 1);
        let time = &marked.times[0];
        assert_eq!(&marked.text[time.span.0..time.span.1], "late May");
        assert_eq!((&*time.value, &*time.modifier), ("2031-05", "END"));
    }
}
