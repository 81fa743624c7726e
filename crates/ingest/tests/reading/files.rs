//! Files and folders: order, links, limits, packed files, and what cannot be read.

use super::options;
use ingest::{Ingested, Input, Options, Unread, inputs, read};
use std::io::Write;
use std::path::{Path, PathBuf};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).expect("the last run's folder goes");
    }
    std::fs::create_dir_all(&path).expect("a folder can be made");
    path
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("a file can be written");
}

fn read_path(path: &Path, options: &Options) -> Vec<Result<Ingested, Unread>> {
    let mut out = Vec::new();
    let input = Input {
        path: path.to_owned(),
        size: None,
    };
    read(&input, options, &mut |result| out.push(result));
    out
}

#[test]
fn folders_are_walked_in_name_order_without_hidden_files() {
    let root = folder("walk");
    std::fs::create_dir(root.join("b")).expect("a folder can be made");
    for name in ["c.txt", "b/z.txt", "b/a.txt", "a.txt", ".hidden"] {
        write(&root.join(name), b"The army denied it.");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&root, root.join("b/loop")).expect("a link can be made");
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).expect("a link can be made");
    }
    let (found, unread) = inputs(&[root.clone(), root.join("absent"), PathBuf::from("-")]);
    let names: Vec<String> = found
        .iter()
        .map(|input| {
            let path = input.path.strip_prefix(&root).unwrap_or(&input.path);
            path.to_string_lossy().replace('\\', "/")
        })
        .collect();
    assert_eq!(names, ["a.txt", "b/a.txt", "b/z.txt", "c.txt", "-"]);
    assert_eq!(found[0].size, Some(19));
    assert!(unread.iter().all(|unread| unread.code == "missing"));
    assert_eq!(unread.len(), if cfg!(unix) { 2 } else { 1 });
}

#[test]
fn what_is_not_there_is_named() {
    let root = folder("absent");
    let found = read_path(&root.join("absent.txt"), &options());
    let unread = found[0].as_ref().expect_err("there is no file");
    assert_eq!(unread.code, "missing");
    assert!(unread.path.ends_with("absent.txt"));
}

#[test]
fn a_huge_file_is_named_without_being_read() {
    let root = folder("huge");
    let (text, lines) = (root.join("one-line.txt"), root.join("lines.jsonl"));
    write(&text, &[b'a'; 100_000]);
    let file = std::fs::OpenOptions::new()
        .append(true)
        .open(&text)
        .expect("the file is there");
    file.set_len(1 << 30).expect("a sparse file can be made");
    let started = std::time::Instant::now();
    let found = read_path(&text, &options());
    assert_eq!(
        found[0].as_ref().expect_err("it is too large").code,
        "too_large"
    );
    assert!(started.elapsed().as_millis() < 500);
    // A container streams: its long line passes by, and what follows is read.
    let mut long = vec![b'a'; 32 << 20];
    long.extend(b"\n{\"text\":\"The army denied it.\"}\n");
    write(&lines, &long);
    let small = Options {
        max_document: 1 << 20,
        ..options()
    };
    let found = read_path(&lines, &small);
    assert_eq!(
        found[0].as_ref().expect_err("it is too large").code,
        "too_large"
    );
    assert!(found[1].is_ok());
}

#[test]
fn packed_files_are_unpacked_within_the_limit() {
    let root = folder("packed");
    let pack = |name: &str, bytes: &[u8]| {
        let path = root.join(name);
        let file = std::fs::File::create(&path).expect("a file can be made");
        let mut packer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packer.write_all(bytes).expect("it can be packed");
        packer.finish().expect("it can be packed");
        path
    };
    let text = b"The army denied it.";
    let found = read_path(&pack("a.txt.gz", text), &options());
    let ingested = found[0].as_ref().expect("it can be read");
    assert_eq!(ingested.raw, text);
    assert_eq!(ingested.document.id, text::content_hash(text));
    let page = pack("a.html.gz", b"<p>The army denied it.</p>");
    assert_eq!(
        read_path(&page, &options())[0]
            .as_ref()
            .expect("it can be read")
            .document
            .text,
        "The army denied it."
    );
    let lines = pack(
        "a.jsonl.gz",
        b"{\"text\":\"One was said.\"}\n{\"text\":\"Two was said.\"}",
    );
    assert_eq!(read_path(&lines, &options()).len(), 2);
    let bomb = pack("bomb.txt.gz", &vec![b'a'; 8 << 20]);
    let small = Options {
        max_document: 1 << 20,
        ..options()
    };
    assert_eq!(
        read_path(&bomb, &small)[0]
            .as_ref()
            .expect_err("it is too large")
            .code,
        "too_large"
    );
    let whole = std::fs::read(&bomb).expect("the file is there");
    write(&bomb, &whole[..whole.len() / 2]);
    assert_eq!(
        read_path(&bomb, &options())[0]
            .as_ref()
            .expect_err("it is cut off")
            .code,
        "malformed"
    );
}
