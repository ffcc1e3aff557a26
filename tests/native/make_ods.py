"""tests/native/make_ods.py FOLDER - writes spreadsheets, good, odd and hostile, into FOLDER."""
import os
import sys
import zipfile

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>%s<office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' office:version="1.3"><office:automatic-styles/><office:body><office:spreadsheet>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"
folder = sys.argv[1]


def text(value, attributes=""):
    return (
        '<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
        % (attributes, value)
    )


def number(value, attributes=""):
    return (
        '<table:table-cell office:value-type="float" office:value="%s"%s>'
        "<text:p>shown</text:p></table:table-cell>" % (value, attributes)
    )


def date(value, shown="03/09/2022"):
    return (
        '<table:table-cell office:value-type="date" office:date-value="%s">'
        "<text:p>%s</text:p></table:table-cell>" % (value, shown)
    )


def row(*cells, attributes=""):
    return "<table:table-row%s>%s</table:table-row>" % (attributes, "".join(cells))


def sheet(name, *rows):
    return '<table:table table:name="%s"><table:table-column/>%s</table:table>' % (
        name,
        "".join(rows),
    )


HEADER = row(text("Date"), text("Migrants arrived"), text("Boats arrived"))
DAY = row(date("2024-10-18T00:00:00"), number("647"), number("10"))
BLANKS = (
    '<table:table-row table:number-rows-repeated="%d">'
    '<table:table-cell table:number-columns-repeated="%d"/></table:table-row>'
)


def content(*sheets, doctype=""):
    return HEAD % doctype + "".join(sheets) + TAIL


def write(name, xml, type=TYPE, extra=()):
    with zipfile.ZipFile(os.path.join(folder, name), "w", zipfile.ZIP_DEFLATED) as z:
        if type is not None:
            z.writestr(zipfile.ZipInfo("mimetype"), type)
        if xml is not None:
            z.writestr("content.xml", xml)
        for path, data in extra:
            z.writestr(path, data)


def raw(name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


def read(name):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


# ---- good ----

write("plain.ods", content(sheet("Data", HEADER, DAY)))
write(
    "odd.ods",
    content(
        '<table:tracked-changes><table:table-row>%s</table:table-row></table:tracked-changes>'
        % text("old"),
        sheet("Cover", row(text("About these data"))),
        sheet(
            "Days",
            "<table:shapes><draw:frame><table:table>%s</table:table></draw:frame></table:shapes>"
            % row(text("a chart")),
            BLANKS % (2, 16384),
            "<table:table-header-rows>%s</table:table-header-rows>" % HEADER,
            row(date("2022-09-03"), number("1.305E3"), number("+0027.00")),
            row(
                date("2022-09-04T00:00:00.000"),
                '<table:table-cell office:value-type="string">'
                "<office:annotation><text:p>a comment</text:p></office:annotation>"
                "<text:p> 1<text:span>1</text:span>58 </text:p></table:table-cell>",
                number("25"),
                attributes=' table:visibility="collapse"',
            ),
            row(date("2022-09-05"), number("0"), number("0"))
            .replace("</table:table-row>", '<table:table-cell table:number-columns-repeated="16381"/>'
                     "</table:table-row>"),
            BLANKS % (1048566, 16384),
        ),
    ),
)
write(
    "cells.ods",
    content(
        sheet(
            "Cells",
            row(
                text("a<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d \n e"),
                text("one</text:p><text:p>two"),
                '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
                '<table:table-cell office:value-type="percentage" office:value="0.125">'
                "<text:p>12.5%</text:p></table:table-cell>",
                '<table:table-cell office:value-type="currency" office:value="64.70">'
                "<text:p>£64.70</text:p></table:table-cell>",
                number("0.00050"),
                number("-1.5E-3"),
                number("1e400"),
                "<table:table-cell><text:p>merged</text:p></table:table-cell>",
                "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>",
                '<table:table-cell table:formula="of:=SUM([.A1:.A3])"/>',
                '<table:table-cell table:formula="of:=1/0" office:value-type="string"'
                ' office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>',
                text("&lt;&amp;&gt;"),
            ),
            row(number("7", ' table:number-columns-repeated="3"'), attributes=' table:number-rows-repeated="2"'),
        )
    ),
)
write("template.ods", content(sheet("Data", HEADER, DAY)), type=TYPE + "-template")
write("no_type.ods", content(sheet("Data", HEADER, DAY)), type=None)
write("near.ods", content(sheet("Days", HEADER, DAY), sheet("Weeks", row(
    text("Week ending"), text("Migrants arrived"), text("Boats arrived"),
    text("Boats arrived - involved in uncontrolled landings"), text("Migrants prevented"),
    text("Prevention events")), DAY)))
write("twice.ods", content(sheet("A", HEADER, DAY), sheet("B", HEADER, DAY)))
write("none_fits.ods", content(sheet("A", row(text("x"))), sheet("B", row(text("y")))))
write("bad_value.ods", content(sheet("Data", HEADER, row(date("2024-10-18"), text("12x"), number("1")))))
write("wide_row.ods", content(sheet("Data", HEADER, row(date("2024-10-18"), number("1"), number("1"), number("9")))))

# ---- hostile ----

write("billion_values.ods", content(sheet("S", row(number("1", ' table:number-columns-repeated="999999999"'),
                                                   attributes=' table:number-rows-repeated="999999999"'))))
write("billion_rows.ods", content(sheet("S", row(number("1"), attributes=' table:number-rows-repeated="999999999"'))))
write("many_cells.ods", content(sheet("S", *[row(number("1", ' table:number-columns-repeated="10000"'),
                                                 attributes=' table:number-rows-repeated="10000"')] * 3)))
write("far_column.ods", content(sheet("S", row('<table:table-cell table:number-columns-repeated="16384"/>', number("1")))))
write("far_row.ods", content(sheet("S", BLANKS % (1048576, 16384), row(number("1")))))
write("bad_repeat.ods", content(sheet("S", row(number("1", ' table:number-columns-repeated="-3"')))))
write("huge_repeat.ods", content(sheet("S", row(number("1", ' table:number-columns-repeated="99999999999999999999"')))))
laughs = '<!DOCTYPE lolz [<!ENTITY l0 "lol">%s]>' % "".join(
    '<!ENTITY l%d "%s">' % (i, "&l%d;" % (i - 1) * 10) for i in range(1, 10)
)
write("laughs.ods", content(sheet("S", row(text("&l9;"))), doctype=laughs))
write("external.ods", content(sheet("S", row(text("&x;"))),
                              doctype='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
write("undeclared.ods", content(sheet("S", row(text("&x;")))))
write("deep.ods", content(sheet("S", row(text("<text:span>" * 100 + "x" + "</text:span>" * 100)))))
write("very_deep.ods", content("<a>" * 100000 + "</a>" * 100000))
write("large_cell.ods", content(sheet("S", row(text("x" * 1100000)))))
write("spaces.ods", content(sheet("S", row(text('<text:s text:c="999999"/>' * 3)))))
write("cut_xml.ods", content(sheet("S", row(text("x"))))[:-60])
write("bad_utf8.ods", content(sheet("S", row(text("x")))).encode().replace(b">x<", b">\xff\xfe<"))
write("not_xml.ods", "date,people\n2024-10-18,647\n")
write("no_content.ods", None)
write("text.ods", content(sheet("S", HEADER)), type="application/vnd.oasis.opendocument.text")
write("other_type.ods", content(sheet("S", HEADER)), type="text/plain")
write("text_content.ods", HEAD.replace("office:spreadsheet", "office:text") % "" + TAIL.replace("office:spreadsheet", "office:text"))
write("excel.ods", None, type=None, extra=[("xl/workbook.xml", "<workbook/>")])
write("encrypted.ods", b"\x12\x34\x56" * 100, extra=[
    ("META-INF/manifest.xml", '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>')])
write("many_entries.ods", content(sheet("S", HEADER)), extra=[("e%d" % i, "") for i in range(1001)])

good = read("plain.ods")
raw("truncated.ods", good[: len(good) // 2])
raw("no_end.ods", good[:-30])
flagged = bytearray(good)
at = flagged.rfind(b"PK\x01\x02")
flagged[at + 8] |= 1  # content.xml is the last entry: its flag in the directory
raw("flagged.ods", bytes(flagged))
broken = bytearray(good)
middle = good.find(b"content.xml") + 60
broken[middle : middle + 8] = b"\xff" * 8
raw("damaged.ods", bytes(broken))
raw("page.ods", b"<!DOCTYPE html><html><body>Not found</body></html>")
raw("zero_byte.ods", b"")
raw("pointer.ods", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 75511\n")
raw("old_excel.ods", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
raw("noise.ods", bytes(range(256)) * 4)

# 300 MB of rows in 0.3 MB, and of white space in one go.
with zipfile.ZipFile(os.path.join(folder, "bomb.ods"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
    z.writestr(zipfile.ZipInfo("mimetype"), TYPE)
    with z.open("content.xml", "w", force_zip64=True) as f:
        f.write((HEAD % "" + '<table:table table:name="S">').encode())
        piece = (BLANKS % (1, 16384)).encode() * 8192
        for _ in range(300 * 1024 * 1024 // len(piece)):
            f.write(piece)
with zipfile.ZipFile(os.path.join(folder, "space_bomb.ods"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as z:
    z.writestr(zipfile.ZipInfo("mimetype"), TYPE)
    with z.open("content.xml", "w", force_zip64=True) as f:
        f.write((HEAD % "" + '<table:table table:name="S"').encode())
        for _ in range(300):
            f.write(b" " * 1024 * 1024)
