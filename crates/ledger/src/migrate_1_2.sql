-- Schema version 1 to 2: inputs that failed are remembered, raw bytes can be kept, judgements keep the words they were
-- made about, versions of a page can be listed, and the ledger names the program that wrote it.

CREATE TABLE raw_bytes (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    zstd BLOB NOT NULL
) STRICT;
ALTER TABLE documents ADD COLUMN sha256 TEXT REFERENCES raw_bytes(sha256);

CREATE TABLE failed_inputs (
    path TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

ALTER TABLE judgements ADD COLUMN anchor_document TEXT;
ALTER TABLE judgements ADD COLUMN anchor_start INTEGER;
ALTER TABLE judgements ADD COLUMN anchor_end INTEGER;
ALTER TABLE judgements ADD COLUMN anchor_quote TEXT;
ALTER TABLE judgements ADD COLUMN anchor_prefix TEXT;
ALTER TABLE judgements ADD COLUMN anchor_suffix TEXT;
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
BEGIN SELECT raise(ABORT, 'a judgement is retracted, never deleted'); END;
CREATE TRIGGER judgements_stand BEFORE UPDATE OF
    id, verb, subject, object, value, by_name, at, note, anchor_document, anchor_start, anchor_end, anchor_quote,
    anchor_prefix, anchor_suffix ON judgements
BEGIN SELECT raise(ABORT, 'a judgement is never changed'); END;
CREATE TRIGGER judgements_retracted_once BEFORE UPDATE OF retracted_at ON judgements
WHEN old.retracted_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'a judgement is retracted once'); END;

CREATE TABLE schema_versions (
    version INTEGER PRIMARY KEY,
    program TEXT NOT NULL
) STRICT;

CREATE VIEW page_versions AS
SELECT seen.url AS url,
       row_number() OVER (
           PARTITION BY seen.url
           ORDER BY datetime(documents.published) NULLS LAST, min(datetime(seen.captured)) NULLS LAST, documents.id
       ) AS ordinal,
       documents.id AS document,
       documents.published AS published,
       min(seen.captured) AS first_captured
FROM (
    SELECT url, key AS document, NULL AS captured FROM documents WHERE url IS NOT NULL
    UNION ALL
    SELECT url, document, captured FROM sightings WHERE url IS NOT NULL
) AS seen
JOIN documents ON documents.key = seen.document
GROUP BY seen.url, documents.key;
