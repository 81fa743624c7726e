-- Schema version 3 to 4: entities' links to a watchlist, what joins rest on, pairs left open, where a judgement's object stood.

ALTER TABLE entities ADD COLUMN link_id TEXT;
ALTER TABLE entities ADD COLUMN link_score REAL;
ALTER TABLE linked_entities ADD COLUMN link_id TEXT;
ALTER TABLE linked_entities ADD COLUMN link_score REAL;

ALTER TABLE judgements ADD COLUMN object_document TEXT;
ALTER TABLE judgements ADD COLUMN object_start INTEGER;
ALTER TABLE judgements ADD COLUMN object_end INTEGER;
ALTER TABLE judgements ADD COLUMN object_quote TEXT;
ALTER TABLE judgements ADD COLUMN object_prefix TEXT;
ALTER TABLE judgements ADD COLUMN object_suffix TEXT;
DROP TRIGGER judgements_stand;
CREATE TRIGGER judgements_stand BEFORE UPDATE OF
    id, verb, subject, object, value, by_name, at, note, anchor_document, anchor_start, anchor_end, anchor_quote,
    anchor_prefix, anchor_suffix, object_document, object_start, object_end, object_quote, object_prefix, object_suffix
ON judgements
BEGIN SELECT raise(ABORT, 'a judgement is never changed'); END;

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

-- Joins are made by the next relink.
UPDATE state SET changes = changes + 1;
