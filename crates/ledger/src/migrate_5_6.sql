-- Schema version 5 to 6: judgements on claims and matters; ids of matters that outlive a relink.

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

CREATE TABLE matter_aliases (
    alias TEXT PRIMARY KEY,
    matter TEXT NOT NULL                 -- matters.id, or an id that no matter has any more
) STRICT, WITHOUT ROWID;

CREATE TABLE matter_members (
    matter TEXT NOT NULL,                -- matters.id
    document TEXT NOT NULL,              -- documents.id
    words TEXT NOT NULL,                 -- how the claim's content begins
    PRIMARY KEY (matter, document, words)
) STRICT, WITHOUT ROWID;

CREATE TABLE judged_matters (
    ordinal INTEGER PRIMARY KEY,
    matter TEXT NOT NULL,                -- matters.id
    effect TEXT NOT NULL,
    judgement TEXT NOT NULL              -- judgements.id
) STRICT;

INSERT INTO matter_members (matter, document, words)
SELECT DISTINCT matters.id, position_claims.document, substr(claims.quote, 1, 80)
FROM matters JOIN position_claims ON position_claims.matter = matters.ordinal
JOIN claims ON claims.id = position_claims.claim;
