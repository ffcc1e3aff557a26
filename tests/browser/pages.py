# tests/browser/pages.py - bulletins in a real browser: they ask for nothing, run nothing, say what
# the text format says, and can be read by everyone, on a phone, in the dark and on paper.
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from devtools import Page, chromium, find_chromium

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent / "golden"
PROGRAM = os.environ["DATELINE"]
WIDTHS = (320, 360, 1280)
MEDIA = (("screen", "light"), ("screen", "dark"), ("print", "light"))

LATEST = ["latest-developments"]
PAGES = {
    "a day": LATEST + ["--date", "2024-10-18"],
    "a day in another style": LATEST + ["--date", "2024-10-18", "--style", "govuk"],
    "the latest day": LATEST,
    "a record": LATEST + ["--date", "2022-09-03"],
    "no crossings on the leap day": LATEST + ["--date", "2024-02-29"],
    "every element": [str(GOLDEN / "every-element/report.lua"), "--date", "2024-10-18"],
    "hostile text": [str(GOLDEN / "hostile-text/report.lua")],
}


def run(arguments, to):
    made = subprocess.run([PROGRAM, "run", *arguments, "--to", to], capture_output=True, check=True)
    return made.stdout.decode()


def words(text):
    """What is said, without what only one of the formats draws: rules, underlines, list markers."""
    lines = (re.sub(r"^(\s*(\d+\.|-)\s+)*", "", line) for line in text.splitlines())
    return [word for line in lines for word in line.split() if word.strip("-=")]


def check_silence(page, path):
    requests = [e["request"]["url"] for e in page.events("Network.requestWillBeSent")]
    yield requests == ["file://" + path], f"it asked for {requests}"
    said = [e["entry"]["text"] for e in page.events("Log.entryAdded")]
    yield not said, f"the browser says {said}"
    yield not page.events("Runtime.consoleAPICalled"), "it wrote to the console"
    yield not page.events("Runtime.exceptionThrown"), "a script failed"
    yield not page.events("Debugger.scriptParsed"), "a script ran"


def check_structure(found):
    yield found["lang"] == "en-GB", f"its language is '{found['lang']}'"
    yield found["title"] not in ("", "ran"), f"its title is '{found['title']}'"
    yield found["h1"] == 1, f"it has {found['h1']} first headings"
    yield found["main"] == 1, "it has no main part"
    steps = [b - a for a, b in zip(found["levels"], found["levels"][1:])]
    yield all(step <= 1 for step in steps), f"heading levels are left out: {found['levels']}"
    yield found["active"] == 0, "it holds more than text"
    yield found["handlers"] == 0, "an element has an event handler"
    yield found["nameless"] == 0, "a link or a region has no name"
    allowed = all(re.match(r"(https?|mailto):", href) for href in found["hrefs"])
    yield allowed, f"it links to {found['hrefs']}"
    for table in found["tables"]:
        yield table["caption"] != "", "a table has no caption"
        yield table["heads"] > 0, "a table has no column headings"
        yield table["unscoped"] == 0, "a heading of a table has no scope"
        yield table["columns"] == 1, "a table's rows differ in length"


def check_figures(found):
    shown = {fact for _, fact in found["figures"]}
    others = shown ^ set(found["ledger"])
    yield len(shown) > 0, "it shows no figure"
    yield not others, f"the ledger has other facts: {others}"
    figure, date = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d")
    odd = [value for value, _ in found["figures"] if not figure.fullmatch(value)]
    odd += [time for time in found["times"] if not date.fullmatch(time)]
    yield not odd, f"these are no values: {odd}"


def check_looks(page, script):
    for width in WIDTHS:
        page.set_width(width)
        over = page.evaluate(f"({script}).overflow()")
        yield over <= 0, f"at {width} pixels there are {over} more to the side"
    for media, scheme in MEDIA:
        page.set_media(media, scheme)
        bad = page.evaluate(f"({script}).contrasts()")
        yield not bad, f"{media}, {scheme}: too little contrast: {bad}"
    page.set_media("", "light")


def check_words(page, script, text):
    ours, theirs = words(page.evaluate(f"({script}).text()")), words(text)
    apart = next((i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]), None)
    if apart is None and len(ours) != len(theirs):
        apart = min(len(ours), len(theirs))
    yield apart is None, "it says {}\n    where text says {}".format(
        *(side[max(0, (apart or 0) - 3):(apart or 0) + 5] for side in (ours, theirs)))


def check_page(page, path, arguments):
    script = (HERE / "pages.js").read_text()
    path.write_text(run(arguments, "html"))
    page.open(str(path))
    yield from check_silence(page, str(path))
    found = page.evaluate(f"({script}).structure()")
    yield from check_structure(found)
    yield from check_figures(found)
    yield from check_looks(page, script)
    yield from check_words(page, script, run(arguments, "text"))


def main():
    path = find_chromium()
    if not path:
        print("skipped: there is no chromium")
        return 77
    failed = 0
    with tempfile.TemporaryDirectory() as folder, chromium(path) as browser:
        page = Page(browser)
        for name, arguments in PAGES.items():
            checks = check_page(page, pathlib.Path(folder) / "page.html", arguments)
            wrong = [why for is_right, why in checks if not is_right]
            print("failed " if wrong else "ok     ", name, sep="")
            for why in wrong:
                print("    " + why)
            failed += bool(wrong)
    print(f"{len(PAGES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
