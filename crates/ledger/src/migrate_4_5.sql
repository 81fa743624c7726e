-- Schema version 4 to 5: numbers that are parts of others; dates that a judgement gives.

ALTER TABLE quantities ADD COLUMN is_part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_quantities ADD COLUMN is_part INTEGER NOT NULL DEFAULT 0;

CREATE INDEX judgements_subject ON judgements(subject);

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

DROP VIEW page_versions;
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
