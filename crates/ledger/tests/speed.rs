//! Reading in and out at the size of a working collection. Prints the times; a release build on two cores stays under
//! three seconds each way (`cargo test --release -p ledger --test speed -- --nocapture`).

mod invented;

use invented::{Folder, bare, by_id, full};
use ledger::{Ledger, Put};
use link::Reading;
use std::time::Instant;

/// Claims of one reading.
const CLAIMS: usize = 30;

#[test]
fn a_working_collection_goes_in_and_out() {
    // An unoptimised build shows that it works; a release build shows how fast.
    let documents = if cfg!(debug_assertions) { 100 } else { 1000 };
    let readings: Vec<Reading> = (0..documents).map(long).collect();
    let folder = Folder::new();
    let mut ledger = Ledger::open(&folder.file("a.db")).unwrap();
    let put = bare(&readings);
    let start = Instant::now();
    for batch in put.chunks(200) {
        ledger.put(batch, "f").unwrap();
    }
    println!("put {documents} readings: {:?}", start.elapsed());
    let start = Instant::now();
    let stored = ledger.readings().unwrap();
    println!("read {documents} readings: {:?}", start.elapsed());
    assert_eq!(stored, by_id(readings));
    let start = Instant::now();
    let current = put
        .iter()
        .filter(|(reading, _)| ledger.is_current(&reading.document, "f").unwrap());
    assert_eq!(current.count(), put.len());
    println!("asked whether current: {:?}", start.elapsed());
    let start = Instant::now();
    let done = ledger.put(&put[..50], "g").unwrap();
    assert_eq!(done, [Put::Reread; 50]);
    println!("read 50 anew: {:?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
    println!("check: {:?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(ledger.documents().unwrap().len(), put.len());
    println!("documents: {:?}", start.elapsed());
}

fn long(number: u32) -> Reading {
    let mut reading = full(number);
    let claims = &mut reading.annotations.claims;
    // By turns a claim with everything in it (27 rows) and one with hardly anything (2 rows).
    for index in claims.len()..CLAIMS {
        let mut claim = claims[index % 2].clone();
        claim.id = text::content_hash(format!("{number} {index}").as_bytes());
        claims.push(claim);
    }
    reading
}
