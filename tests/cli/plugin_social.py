"""tests/cli/plugin_social.py - posts held against their bulletins, day by day.

usage: plugin_social.py BULLETINS POSTS LIMIT

BULLETINS has a line of JSON for each day, POSTS two lines of text. What is checked is written here a
second time, from the rules and not from the plugin: X's weights, where sentences end, what is exact.
Exits 1 with the first post that breaks a promise; prints how many were held against, and how many had
the most that could be expected.
"""
import json
import re
import sys
import unicodedata

WORDS = ("no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
         "sixteen seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ABBREVIATED = re.compile(r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$")


def weight(text):
    """Config v3 of twitter-text; there are no links and no emoji in what is compared."""
    light = (range(0, 4352), range(8192, 8206), range(8208, 8224), range(8242, 8248))
    return sum(1 if any(ord(c) in r for r in light) else 2 for c in unicodedata.normalize("NFC", text))


def spelled(number):
    if number < 20:
        return WORDS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + ("-" + WORDS[ones] if ones else "")


def paragraphs(blocks):
    for block in blocks:
        if block["kind"] == "paragraph":
            yield block["content"]
        elif block["kind"] in ("list", "item"):
            yield from paragraphs(block["content"])


def text_of(inlines):
    return "".join(i.get("text") or text_of(i.get("content", ())) for i in inlines)


def sentences(text):
    parts = []
    for part in re.split(r"(?<=[.!?]) (?=[A-Z0-9])", text):
        if parts and ABBREVIATED.search(parts[-1]):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def figure_of_the_day(bulletin):
    """The first figure as the bulletin shows it exactly, and the paragraph where it does."""
    first = next(e for e in bulletin["ledger"])
    forms = {first["text"]} | ({spelled(first["value"])} if first["value"] < 100 else set())
    for inlines in paragraphs(bulletin["blocks"]):
        for inline in inlines:
            if inline.get("fact") == first["id"] and inline["text"].lower() in forms:
                return inline["text"], text_of(inlines)
    raise AssertionError("the bulletin never tells its first figure exactly")


def check(bulletin, body, source, limit):
    whole = [s for p in paragraphs(bulletin["blocks"]) for s in sentences(text_of(p))]
    told = sentences(body)
    figure, where = figure_of_the_day(bulletin)
    post = body + "\n" + source
    assert weight(post) <= limit and len(post) <= 300 * limit // 280, "too long"
    assert re.fullmatch(r"Sources?: (Home Office, provisional)?(; )?(press of [^;]+(; press of [^;]+)*)?",
                        source), "the source"
    assert "Home Office, provisional" in source, "the figure's own source"
    assert all(t in whole for t in told), "a sentence that is not the bulletin's"
    assert told == [s for s in whole if s in told], "another order than the bulletin's"
    assert any(re.search(r"(?<![\d,])" + re.escape(figure) + r"(?![\d,])", t) and t in where
               for t in told), "the exact figure"
    assert not re.search(r"[!#@]|prevented", post), "a loud mark, or a figure without its caveat"
    assert len(told) == len(set(told)), "a sentence twice"
    return len(told) > 1


def main():
    bulletins, posts, limit = sys.argv[1:]
    with open(bulletins, encoding="utf-8") as file:
        days = [json.loads(line) for line in file]
    with open(posts, encoding="utf-8") as file:
        lines = file.read().split("\n")
    assert lines.pop() == "" and len(lines) == 2 * len(days), "a post is two lines"
    longer = 0
    for i, bulletin in enumerate(days):
        try:
            longer += check(bulletin, lines[2 * i], lines[2 * i + 1], int(limit))
        except AssertionError as failure:
            sys.exit(f"{bulletin['date']}: {failure}: {lines[2 * i]!r} / {lines[2 * i + 1]!r}")
    print(f"{len(days)} posts, {longer} of several sentences")


main()
