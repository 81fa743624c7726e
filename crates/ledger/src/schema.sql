-- The ledger's schema, version 6. A fresh ledger is made by this file; an older one is brought here by migrate_*.sql.
--
-- Three kinds of table:
--   evidence   documents, raw_bytes, sightings, failed_inputs, judgements, judgement_anchors, matter_aliases, log: never derived
--              anew, only added to
--   readings   what was read in one document; replaced as a whole when the document is read anew
--   links      what follows from all documents together; replaced as a whole by every relink
--
-- Every table of a reading is keyed by document and by place in its list, and stored in that order: one document is one
-- stretch of each table. Offsets are bytes of documents.text, half-open.
-- References from child to parent are foreign keys. References to a document's own entities and claims by their number
-- (`entity`, `place`, `speaks_for`, `refers_to`) are not: one wrong number would make a whole batch unreadable; the
-- check of `doctor` names them instead. Links name documents and claims by id, because a link outlives a rereading
-- until the next relink.

-- Evidence ----------------------------------------------------------------------------------------------------------

CREATE TABLE documents (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,             -- first 32 hex digits of SHA-256 of the raw bytes
    fingerprint TEXT NOT NULL,           -- options and versions that this reading was made with
    text TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    url TEXT,
    published TEXT,
    published_basis TEXT NOT NULL,
    language TEXT,
    is_article INTEGER NOT NULL,
    is_translated INTEGER NOT NULL,
    translated_from TEXT,
    translated_by TEXT,
    translated_original TEXT,
    sha256 TEXT REFERENCES raw_bytes(sha256)  -- all 64 hex digits, where the raw bytes are kept
) STRICT;
CREATE INDEX documents_url ON documents(url);

CREATE TABLE raw_bytes (
    sha256 TEXT PRIMARY KEY,             -- of the bytes as they were, before compression
    size INTEGER NOT NULL,               -- of the bytes as they were
    zstd BLOB NOT NULL
) STRICT;

-- Capture times are what a container states, never this machine's clock; canonical exports leave them out.
CREATE TABLE sightings (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path TEXT,
    url TEXT,
    outlet TEXT,
    captured TEXT,
    record_id TEXT,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
-- NULLs are all different to UNIQUE, so each column is marked as there ('=') or not ('').
CREATE UNIQUE INDEX sightings_once ON sightings(
    document, coalesce('=' || path, ''), coalesce('=' || url, ''), coalesce('=' || outlet, ''),
    coalesce('=' || captured, ''), coalesce('=' || record_id, ''));
CREATE INDEX sightings_url ON sightings(url);

CREATE TABLE failed_inputs (
    path TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- Append-only. No foreign keys: what a person decided survives every rereading of what it was about.
CREATE TABLE judgements (
    id TEXT PRIMARY KEY,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    object TEXT,
    value TEXT,
    by_name TEXT NOT NULL,
    at TEXT NOT NULL,
    note TEXT,
    retracted_at TEXT,
    -- Where the subject stood when it was judged, so that it can be found again after a rereading.
    anchor_document TEXT,
    anchor_start INTEGER,
    anchor_end INTEGER,
    anchor_quote TEXT,
    anchor_prefix TEXT,
    anchor_suffix TEXT,
    -- Likewise its object, where it has one.
    object_document TEXT,
    object_start INTEGER,
    object_end INTEGER,
    object_quote TEXT,
    object_prefix TEXT,
    object_suffix TEXT
) STRICT;
CREATE INDEX judgements_subject ON judgements(subject);
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
BEGIN SELECT raise(ABORT, 'a judgement is retracted, never deleted'); END;
CREATE TRIGGER judgements_stand BEFORE UPDATE OF
    id, verb, subject, object, value, by_name, at, note, anchor_document, anchor_start, anchor_end, anchor_quote,
    anchor_prefix, anchor_suffix, object_document, object_start, object_end, object_quote, object_prefix, object_suffix
ON judgements
BEGIN SELECT raise(ABORT, 'a judgement is never changed'); END;
CREATE TRIGGER judgements_retracted_once BEFORE UPDATE OF retracted_at ON judgements
WHEN old.retracted_at IS NOT NULL
BEGIN SELECT raise(ABORT, 'a judgement is retracted once'); END;

-- Likewise the words of claims, for a judgement on a matter or on several claims: a matter is known by some of its claims.
CREATE TABLE judgement_anchors (
    judgement TEXT NOT NULL,
    role TEXT NOT NULL,                  -- subject, object: a claim of that matter; part: one of the claims decided on
    ordinal INTEGER NOT NULL,
    kind TEXT,                           -- of the matter
    claim TEXT NOT NULL,                 -- claims.id as it was
    document TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    PRIMARY KEY (judgement, role, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER judgement_anchors_stay BEFORE DELETE ON judgement_anchors
BEGIN SELECT raise(ABORT, 'a judgement is retracted, never deleted'); END;
CREATE TRIGGER judgement_anchors_stand BEFORE UPDATE ON judgement_anchors
BEGIN SELECT raise(ABORT, 'a judgement is never changed'); END;

-- Ids that matters had before, so that what was written down still leads to them.
CREATE TABLE matter_aliases (
    alias TEXT PRIMARY KEY,
    matter TEXT NOT NULL                 -- matters.id, or an id that no matter has any more
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    key INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

-- Which version of the program brought the ledger to which schema version, so that an older program can name it.
CREATE TABLE schema_versions (
    version INTEGER PRIMARY KEY,
    program TEXT NOT NULL
) STRICT;

-- One row. Links are up to date while `linked` equals `changes`.
CREATE TABLE state (
    changes INTEGER NOT NULL,            -- goes up whenever something that links rest on changes
    linked INTEGER NOT NULL              -- `changes` as it was when the present links were made
) STRICT;
INSERT INTO state VALUES (0, 0);

-- Documents as they are dated now: a judgement in force goes before the date that was read.
CREATE VIEW dated_documents AS
SELECT documents.key, documents.id, fingerprint, text, title, outlet, byline, url,
       coalesce(judged.value, published) AS published,
       CASE WHEN judged.value IS NULL THEN published_basis ELSE 'judgement' END AS published_basis,
       language, is_article, is_translated, translated_from, translated_by, translated_original, sha256
FROM documents
LEFT JOIN judgements AS judged ON judged.id = (
    SELECT id FROM judgements
    WHERE subject = documents.id AND verb = 'published' AND retracted_at IS NULL
    ORDER BY at DESC, id DESC LIMIT 1
);

-- A view and not a table: it follows from documents and sightings, so it cannot disagree with them.
CREATE VIEW page_versions AS
SELECT seen.url AS url,
       row_number() OVER (
           PARTITION BY seen.url
           ORDER BY datetime(dated.published) NULLS LAST, min(datetime(seen.captured)) NULLS LAST, dated.id
       ) AS ordinal,
       dated.id AS document,
       dated.published AS published,
       min(seen.captured) AS first_captured
FROM (
    SELECT url, key AS document, NULL AS captured FROM documents WHERE url IS NOT NULL
    UNION ALL
    SELECT url, document, captured FROM sightings WHERE url IS NOT NULL
) AS seen
JOIN dated_documents AS dated ON dated.key = seen.document
GROUP BY seen.url, dated.key;

-- Readings ----------------------------------------------------------------------------------------------------------

CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    raw_start INTEGER,
    raw_end INTEGER,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    stage TEXT NOT NULL,                 -- 'document' or 'annotations': which list it stands in
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (document, stage, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE entities (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,            -- the number in `e3`
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    speaks_for INTEGER,
    gazetteer_id TEXT,
    place_name TEXT,
    lat REAL,
    lon REAL,
    precision TEXT,
    link_id TEXT,                        -- the entry of the user's watchlist
    link_score REAL,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE forms (
    document INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (document, entity, ordinal),
    FOREIGN KEY (document, entity) REFERENCES entities(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_mentions (
    document INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, entity, ordinal),
    FOREIGN KEY (document, entity) REFERENCES entities(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_roles (
    document INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (document, entity, ordinal),
    FOREIGN KEY (document, entity) REFERENCES entities(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    head_start INTEGER NOT NULL,
    head_end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    entity INTEGER,
    title_start INTEGER,
    title_end INTEGER,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention_roles (
    document INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, mention, ordinal),
    FOREIGN KEY (document, mention) REFERENCES mentions(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE times (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    time_start INTEGER,
    time_end INTEGER,
    time_type TEXT,
    time_value TEXT,
    time_mod TEXT,
    time_earliest TEXT,
    time_latest TEXT,
    time_anchor TEXT,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantities (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    low REAL,
    best REAL,
    high REAL,
    hedge TEXT NOT NULL,
    unit TEXT NOT NULL,
    noun TEXT NOT NULL,
    effect TEXT,
    scope TEXT NOT NULL,
    is_part INTEGER NOT NULL DEFAULT 0,  -- of another number of its sentence
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

-- `start`, `end` run from the first byte of the content to its last; `quote` is that stretch of the text, `prefix` and
-- `suffix` the 32 characters on either side (the text quote and text position selectors of the W3C Web Annotation model).
-- A confidence that is not a number is kept as NULL.
CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    voice TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    source_entity INTEGER,
    source_name TEXT,
    source_name_basis TEXT,
    speaks_for INTEGER,
    cue_lemma TEXT,
    act TEXT NOT NULL,
    quotation TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    polarity TEXT NOT NULL,
    certainty TEXT NOT NULL,
    unverified_by TEXT,                  -- 'entity' or 'outlet'
    unverified_entity INTEGER,
    confidence_attribution REAL,
    confidence_source REAL,
    confidence_act REAL,
    standing TEXT NOT NULL,
    refers_to INTEGER,
    time_start INTEGER,                  -- time_*: when it was said
    time_end INTEGER,
    time_type TEXT,
    time_value TEXT,
    time_mod TEXT,
    time_earliest TEXT,
    time_latest TEXT,
    time_anchor TEXT,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_id ON claims(id);

CREATE TABLE claim_spans (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    role TEXT NOT NULL,                  -- source, cue, content, addressee, channel, via
    part INTEGER NOT NULL,               -- which relay, for via; otherwise 0
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (document, claim, role, part, ordinal),
    FOREIGN KEY (document, claim) REFERENCES claims(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_vias (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (document, claim, ordinal),
    FOREIGN KEY (document, claim) REFERENCES claims(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_flags (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    flag TEXT NOT NULL,
    PRIMARY KEY (document, claim, ordinal),
    FOREIGN KEY (document, claim) REFERENCES claims(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_whys (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (document, claim, ordinal),
    FOREIGN KEY (document, claim) REFERENCES claims(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_why_spans (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    why INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, claim, why, ordinal),
    FOREIGN KEY (document, claim, why) REFERENCES claim_whys(document, claim, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    confidence REAL,
    realis TEXT NOT NULL,
    polarity TEXT NOT NULL,
    place INTEGER,
    cause_start INTEGER,
    cause_end INTEGER,
    time_start INTEGER,
    time_end INTEGER,
    time_type TEXT,
    time_value TEXT,
    time_mod TEXT,
    time_earliest TEXT,
    time_latest TEXT,
    time_anchor TEXT,
    PRIMARY KEY (document, claim, ordinal),
    FOREIGN KEY (document, claim) REFERENCES claims(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE event_alternatives (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (document, claim, event, ordinal),
    FOREIGN KEY (document, claim, event) REFERENCES events(document, claim, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE participants (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    entity INTEGER,
    basis TEXT NOT NULL,
    PRIMARY KEY (document, claim, event, ordinal),
    FOREIGN KEY (document, claim, event) REFERENCES events(document, claim, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE participant_spans (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    event INTEGER NOT NULL,
    participant INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, claim, event, participant, ordinal),
    FOREIGN KEY (document, claim, event, participant) REFERENCES participants(document, claim, event, ordinal)
        ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE event_quantities (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    low REAL,
    best REAL,
    high REAL,
    hedge TEXT NOT NULL,
    unit TEXT NOT NULL,
    noun TEXT NOT NULL,
    effect TEXT,
    scope TEXT NOT NULL,
    is_part INTEGER NOT NULL DEFAULT 0,  -- of another number of its sentence
    PRIMARY KEY (document, claim, event, ordinal),
    FOREIGN KEY (document, claim, event) REFERENCES events(document, claim, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Links -------------------------------------------------------------------------------------------------------------

CREATE TABLE linked_entities (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL,                    -- en_…
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    gazetteer_id TEXT,
    place_name TEXT,
    lat REAL,
    lon REAL,
    precision TEXT,
    link_id TEXT,                        -- the entry of the user's watchlist
    link_score REAL
) STRICT;
CREATE INDEX linked_entities_id ON linked_entities(id);

CREATE TABLE linked_forms (
    entity INTEGER NOT NULL REFERENCES linked_entities(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (entity, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE linked_members (
    entity INTEGER NOT NULL REFERENCES linked_entities(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    document TEXT NOT NULL,              -- documents.id
    member INTEGER NOT NULL,             -- entities.ordinal
    PRIMARY KEY (entity, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX linked_members_document ON linked_members(document, member);

-- What members were joined by; members of equal names need no join.
CREATE TABLE linked_joins (
    entity INTEGER NOT NULL REFERENCES linked_entities(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    one_document TEXT NOT NULL,          -- documents.id
    one_member INTEGER NOT NULL,         -- entities.ordinal
    other_document TEXT NOT NULL,
    other_member INTEGER NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (entity, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE linked_join_reasons (
    entity INTEGER NOT NULL,
    linked_join INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (entity, linked_join, ordinal),
    FOREIGN KEY (entity, linked_join) REFERENCES linked_joins(entity, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Entities that may be one and are not joined, likeliest first.
CREATE TABLE open_pairs (
    ordinal INTEGER PRIMARY KEY,
    one TEXT NOT NULL,                   -- linked_entities.id
    other TEXT NOT NULL,                 -- linked_entities.id
    score REAL NOT NULL
) STRICT;

CREATE TABLE open_pair_reasons (
    open_pair INTEGER NOT NULL REFERENCES open_pairs(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (open_pair, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE matters (
    ordinal INTEGER PRIMARY KEY,         -- newest new answer first
    id TEXT NOT NULL,                    -- ma_…
    kind TEXT NOT NULL,
    question TEXT NOT NULL,
    about TEXT,                          -- linked_entities.id
    place TEXT,                          -- linked_entities.id
    state TEXT NOT NULL,
    time_start INTEGER,
    time_end INTEGER,
    time_type TEXT,
    time_value TEXT,
    time_mod TEXT,
    time_earliest TEXT,
    time_latest TEXT,
    time_anchor TEXT
) STRICT;
CREATE INDEX matters_id ON matters(id);

CREATE TABLE positions (
    matter INTEGER NOT NULL REFERENCES matters(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,                    -- p1, p2, …
    value TEXT NOT NULL,
    first_said TEXT,
    last_said TEXT,
    articles INTEGER NOT NULL,
    origins_low INTEGER NOT NULL,
    origins_high INTEGER NOT NULL,
    speakers INTEGER NOT NULL,
    PRIMARY KEY (matter, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE parties (
    matter INTEGER NOT NULL,
    position INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    entity TEXT,                         -- linked_entities.id
    name TEXT NOT NULL,
    PRIMARY KEY (matter, position, ordinal),
    FOREIGN KEY (matter, position) REFERENCES positions(matter, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE position_claims (
    matter INTEGER NOT NULL,
    position INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    claim TEXT NOT NULL,                 -- claims.id
    document TEXT NOT NULL,              -- documents.id
    link TEXT NOT NULL,
    PRIMARY KEY (matter, position, ordinal),
    FOREIGN KEY (matter, position) REFERENCES positions(matter, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX position_claims_claim ON position_claims(claim);

CREATE TABLE position_claim_spans (
    matter INTEGER NOT NULL,
    position INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (matter, position, claim, ordinal),
    FOREIGN KEY (matter, position, claim) REFERENCES position_claims(matter, position, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE relations (
    matter INTEGER NOT NULL REFERENCES matters(ordinal) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    from_position TEXT NOT NULL,         -- positions.id
    to_position TEXT NOT NULL,           -- positions.id
    type TEXT NOT NULL,
    PRIMARY KEY (matter, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE relation_reasons (
    matter INTEGER NOT NULL,
    relation INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (matter, relation, ordinal),
    FOREIGN KEY (matter, relation) REFERENCES relations(matter, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- By what a matter is known again after a relink: its claims by document and words, for their ids change with their places.
CREATE TABLE matter_members (
    matter TEXT NOT NULL,                -- matters.id
    document TEXT NOT NULL,              -- documents.id
    words TEXT NOT NULL,                 -- how the claim's content begins
    PRIMARY KEY (matter, document, words)
) STRICT, WITHOUT ROWID;

-- Which judgements made what of which matter.
CREATE TABLE judged_matters (
    ordinal INTEGER PRIMARY KEY,
    matter TEXT NOT NULL,                -- matters.id
    effect TEXT NOT NULL,
    judgement TEXT NOT NULL              -- judgements.id
) STRICT;
