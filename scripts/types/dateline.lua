---@meta _
-- scripts/types/dateline.lua - what scripts are given, for editors (Lua language server): dates, facts,
-- measures, phrases, the document, and the shape of reports and of their tests. The modules are
-- beside, under dateline/. A test compares all of it with the program.

---A calendar date: immutable, no clock, no time zone. Every function that takes a date also takes
---the text "2024-10-18" or a date fact.
---@class dateline.Date
---@field year integer
---@field month integer 1..12
---@field day integer 1..31
---@field weekday integer ISO: Monday 1 .. Sunday 7
---@field iso string "2024-10-18"
---@field weekday_name string "Friday"
---@field month_name string "October"
---@field yearday integer 1..366
---@operator add(integer): dateline.Date
---@operator sub(integer): dateline.Date
---@operator sub(dateline.Date): integer
local Date = {}
---The same calendar date in another year; 29 February falls back to 28 February.
---@param year integer
---@return dateline.Date date
---@return boolean moved true when it fell back
function Date:in_year(year) end
---@return dateline.Date
function Date:year_start() end
---@return dateline.Date
function Date:year_end() end
---@return dateline.Date
function Date:month_start() end
---@return dateline.Date
function Date:month_end() end
---The latest given weekday on or before this date.
---@param weekday integer ISO: Monday 1 .. Sunday 7
---@return dateline.Date
function Date:last_weekday(weekday) end

---@alias dateline.AnyDate dateline.Date|string|dateline.Fact

---An exact number or date that knows its unit, its expression and its sources. Immutable.
---Arithmetic (+ - * /) with facts and whole numbers gives facts; comparison (< <= ==) is between facts.
---tostring gives the figure: "28,204".
---@class dateline.Fact
---@field kind "number"|"date"
---@field value integer|number the number; a float only when it is no whole number: for comparing, never for prose
---@field num integer numerator of the exact fraction
---@field den integer denominator
---@field is_integer boolean
---@field unit string "person", "boat", "person/boat", "percent", "day", "rank", ""
---@field text string the figure as text
---@field label string what it is, for readers
---@field expression string how to compute it again: "people.total(2024-01-01, 2024-10-18)"
---@field note string a remark to print with it, or ""
---@field from dateline.Date first day it speaks of
---@field to dateline.Date last day it speaks of
---@field date dateline.Date of a date fact: the date; else the same as `to`
---@field provisional boolean
---@field sources dateline.Source[] the releases it rests on
---@operator add(dateline.Fact|integer): dateline.Fact
---@operator sub(dateline.Fact|integer): dateline.Fact
---@operator mul(dateline.Fact|integer): dateline.Fact
---@operator div(dateline.Fact|integer): dateline.Fact
---@operator unm: dateline.Fact
local Fact = {}
---How much this is above `was`, in per cent of it: a fact of unit "percent", negative for a fall.
---@param was dateline.Fact
---@return dateline.Fact? change
---@return string? reason zero base
function Fact:change(was) end
---Its digits, rounded half up by the one function that prints numbers.
---@param decimals? integer 0..9, default 0
---@return string
function Fact:format(decimals) end

---A release of a dataset.
---@class dateline.Source
---@field release integer
---@field dataset string
---@field title string
---@field publisher string
---@field licence string
---@field attribution string the line to print
---@field homepage string
---@field published dateline.Date? nil: not known
---@field retrieved dateline.Date
---@field file string
---@field sha256 string
---@field provisional boolean

---A measure: one series as of one moment, or one series over another (c.people / c.boats).
---Every function gives a fact, or nil and a reason when the data cannot say.
---@class dateline.Measure
---@field name string
---@field unit string
---@field title string
---@field dataset string
---@field grain "day"|"week"|"month"|"year"|"as_at"
---@field first_date dateline.Date? first period with a value; nil: the series is empty
---@field last_date dateline.Date? last period with a value
---@operator div(dateline.Measure): dateline.Measure
local Measure = {}
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:on(date) end
---@param from dateline.AnyDate
---@param to dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:total(from, to) end
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:year_to_date(date) end
---The year to date at the same calendar date of another year.
---@param date dateline.AnyDate
---@param year integer
---@return dateline.Fact? fact
---@return string? reason
function Measure:same_point(date, year) end
---@param year integer
---@return dateline.Fact? fact
---@return string? reason
function Measure:year(year) end
---@param month string "2024-10"
---@return dateline.Fact? fact
---@return string? reason
function Measure:month(month) end
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:month_to_date(date) end
---@param date dateline.AnyDate the week's last day
---@return dateline.Fact? fact
---@return string? reason
function Measure:week_ending(date) end
---The n days up to and including date.
---@param n integer
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:last(n, date) end
---@param start dateline.AnyDate a date, or the name of an event ("labour")
---@param options? {exclusive: boolean}
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
---@overload fun(self: dateline.Measure, start: dateline.AnyDate, date: dateline.AnyDate): dateline.Fact?, string?
function Measure:since(start, options, date) end
---The highest day, month or year; whole months and years only.
---@param options {by: "day"|"month"|"year", from?: dateline.AnyDate, to?: dateline.AnyDate}
---@return dateline.Fact? fact its from and to are the span
---@return integer|string tied how many spans share it; or the reason
function Measure:peak(options) end
---The place of a day among the days up to it, 1 for the highest; unit "rank".
---@param date dateline.AnyDate
---@param options? {within: "record"|"year"|"month"|"calendar-month"} default "record"
---@return dateline.Fact? fact
---@return integer|string tied how many days share the place; or the reason
function Measure:rank(date, options) end
---The last earlier day that was at least as high: a date fact.
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:highest_since(date) end
---The day on which the running total first reached n: a date fact.
---@param n integer
---@param options {year?: integer, since?: dateline.AnyDate, to?: dateline.AnyDate} `to`: look no further than this day
---@return dateline.Fact? fact
---@return string? reason
function Measure:first_reaching(n, options) end
---How many days in a row up to and including date were zero; unit "day".
---@param date dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:gap(date) end
---How many days had at least min; unit "day".
---@param options {from: dateline.AnyDate, to: dateline.AnyDate, min?: integer} min defaults to 1
---@return dateline.Fact? fact
---@return string? reason
function Measure:days(options) end
---The mean per day.
---@param from dateline.AnyDate
---@param to dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:mean(from, to) end
---The last period with a value: a date fact.
---@return dateline.Fact? fact
---@return string? reason
function Measure:latest() end
---How many of the days have a value; unit "day"; its note lists what is absent.
---@param from dateline.AnyDate
---@param to dateline.AnyDate
---@return dateline.Fact? fact
---@return string? reason
function Measure:coverage(from, to) end
---Goes through the days: `for date, fact, reason in people:each(a, b) do`.
---@param from dateline.AnyDate
---@param to dateline.AnyDate
---@return fun(): dateline.Date, dateline.Fact?, string?
function Measure:each(from, to) end
---The same measure with dimensions fixed: boats:where{country = "BE"}.
---@param filters table<string, string>
---@return dateline.Measure
function Measure:where(filters) end
---The same measure as the store knew it at the end of a day.
---@param date dateline.AnyDate
---@return dateline.Measure
function Measure:as_of(date) end

---Words made from facts: text, the claim they make, and which of their figures is which fact.
---tostring gives the text; `..` joins phrases and text.
---@class dateline.Phrase
---@field text string
---@field claim dateline.Claim
---@field runs dateline.Run[]
---@operator concat(dateline.Value): dateline.Phrase

---@class dateline.Claim
---@field stated string the figure as stated: "600", "8", "45"
---@field hedge string? "more than", "almost", ...
---@field unit string
---@field actual dateline.Fact|integer|{num: integer, den: integer}
---@field facts dateline.Fact[]
---@field also? dateline.Claim[] the other claims of a phrase that makes several

---@alias dateline.Run string|{text: string, fact?: dateline.Fact, date?: dateline.Date, literal?: boolean, url?: string}

---What goes into a template: {name} takes a value, {name?} drops its clause when the value is nil.
---@alias dateline.Value string|integer|false|dateline.Phrase|dateline.Fact|dateline.Date

---The document a report builds.
---@class dateline.Document
local Document = {}
---@param template string|table text with inline Markdown, or {template, name = value, ..., level = 1..6}
function Document:heading(template) end
---@param template string|table text with inline Markdown, or {template, name = value, ...}
function Document:para(template) end
---Several sentences as one paragraph: each a template table; those that are nil or false are left out.
---@param sentences table[]
function Document:sentences(sentences) end
---A bulleted list; items as for para. {ordered = true, ...} numbers them.
---@param items table
function Document:list(items) end
---@param spec {caption: string, columns: (string|{title: string, align?: "start"|"end"|"centre"})[], rows: dateline.Value[][], row_headers?: boolean}
function Document:table(spec) end
---A caveat beside the story.
---@param template string|table
function Document:note(template) end
---Who says so: publisher, title, publication date, licence, provisional or not, once for each
---source of the facts shown so far. Extra templates add lines.
---@param template? string|table
function Document:sources(template) end
function Document:rule() end

---What a report script returns.
---@class dateline.Report
---@field title string
---@field build fun(doc: dateline.Document, p: table<string, any>) p holds the parameters' values
---@field params? table<string, dateline.Parameter>
---@field help? string a paragraph for `dateline run REPORT --help`
---@field style? string a house style of its own, unless the run chooses one
---@field lang? string the language of the text: "en-GB" unless given

---A parameter, as declared: `--NAME VALUE` on the command line.
---@class dateline.Parameter
---@field type? "boolean"|"choice"|"dataset"|"date"|"integer"|"number"|"text" "text" unless given
---@field default? any as on the command line; of a date also "latest"
---@field help? string
---@field choices? string[] of a choice
---@field of? dateline.Measure whose latest day "latest" is; people unless given
---@field required? boolean

---One case of NAME.test.lua, which returns a list of them; run by `dateline test`.
---@class dateline.Case
---@field name string
---@field params? table<string, string|number|boolean>
---@field style? string
---@field as_of? string what was known at the end of that day
---@field data? table<string, string> figures of its own: a dataset's name, and CSV text or a file beside the test
---@field expect? dateline.Expected
---@field each? string the parameter that varies from day to day
---@field from? string
---@field to? string
---@field checks? string[] checks of plugins that look it over
---@field publish? string a plugin's publisher that is given it; nothing is written, nothing is sent
---@field format? string what it is judged as: "html", or a plugin's renderer; its plain text unless given
---@field check? fun(text: string, p: table<string, any>): string? nil, or what is wrong with the text

---@class dateline.Expected
---@field contains? string|string[] what the bulletin's text must say
---@field lacks? string|string[] what it must not
---@field golden? string a file beside the test that the bulletin must equal; --accept writes it
---@field values? table<string, any> expressions (p: the parameters) and their values; false: the data cannot say
---@field refuses? string|true the report must refuse, and say this
---@field findings? string|string[] what the checks must find; {}: nothing
---@field did? string|string[] what the publisher must do: "write PATH", "request POST URL", "read PATH"; {}: nothing
---@field warnings? integer at most so many
