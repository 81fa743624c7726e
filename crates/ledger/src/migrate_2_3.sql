-- Schema version 2 to 3: a name's title and roles are kept with the mention.

ALTER TABLE mentions ADD COLUMN title_start INTEGER;
ALTER TABLE mentions ADD COLUMN title_end INTEGER;

CREATE TABLE mention_roles (
    document INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document, mention, ordinal),
    FOREIGN KEY (document, mention) REFERENCES mentions(document, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
