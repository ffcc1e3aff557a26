---@meta _
-- scripts/types/plugin.lua - what a plugin's main.lua is given (`local host = ...`) and returns.

---A node of a finished document: to be read, and only within the call that was given it. The root
---is the document. A field that a kind has not is nil.
---@class dateline.Node
---@field kind "document"|"heading"|"paragraph"|"list"|"item"|"table"|"row"|"cell"|"aside"|"rule"|"text"|"strong"|"emphasis"|"code"|"link"|"fact"|"date"|"break"
---@field text string? of a text, code, fact or date: its own
---@field plain string all text of it and below, as a reader sees it
---@field level integer? of a heading, as it is shown: 1 for the title, 2..6 for all others
---@field ordered boolean? of a list
---@field header boolean? of a row: a header row; of a cell: a row's header
---@field align "start"|"end"|"centre"|nil of a cell
---@field role "note"|"source"|nil of an aside
---@field url string? of a link, with %XX for what has no place in an address
---@field caption string? of a table
---@field fact dateline.Fact? of a fact
---@field id string? of a fact: its entry in the ledger, "f3"
---@field date dateline.Date? of a date; of the document: the day it is about
---@field first dateline.Node? the first node right below
---@field next dateline.Node? the next one beside it
---@field parent dateline.Node?
---@field title string? of the document, as are those that follow
---@field lang string?
---@field report string?
---@field style string?
---@field summary string?
local Node = {}
---Goes through the nodes right below: `for child in node:each() do`.
---@return fun(): dateline.Node?
function Node:each() end
---The ledger of the document: every fact shown, in order of first appearance.
---@return {id: string, fact: dateline.Fact}[]
function Node:facts() end
---The aside with which the core's renderers end a document that does not name its sources itself, to
---be rendered behind all else; nil when it does, or has none.
---@return dateline.Node?
function Node:sources() end
---What one of the core's renderers makes of the document.
---@param format "markdown"|"html"|"text"|"json"
---@param options? {fragment: boolean}
---@return string
function Node:render(format, options) end

---What a plugin may ask of the host; each function needs the capability that it names, asked for in
---plugin.json and granted by the user.
---@class dateline.Host
---@field name string the plugin's own
---@field version string
local Host = {}
---The text of a file beneath a granted folder. Capability: read-files.
---@param path string
---@return string
function Host.read(path) end
---Writes a file beneath a granted folder, whole or not at all. Capability: write-files.
---@param path string
---@param text string
function Host.write(path, text) end
---Sends one HTTP request and gives the answer's body; a status that is not 2xx is an error. No
---redirect is followed. Capability: network.
---@param url string
---@param options? {method?: "GET"|"POST"|"PUT"|"DELETE", body?: string, headers?: table<string, string>}
---@return string
function Host.request(url, options) end

---A file to be imported.
---@class dateline.ImportFile
---@field path string
---@field text string all of it
local ImportFile = {}
---Says what is wrong with the file; does not return.
---@param message string
---@param where? {line?: integer, column?: integer, expected?: string}
function ImportFile.fail(message, where) end

---A row: a list of cells (text, integer, date; nil where there is nothing), and perhaps where it
---stands. The first row of a table is its header.
---@class dateline.ImportRow
---@field line? integer its line in the file; the row's number unless given
---@field sheet? string the table's name, in a file of several

---A bulletin that was written.
---@class dateline.Written
---@field path string "" when it went to standard output
---@field format string "html"
---@field report string "latest-developments"
---@field key string with --each: of which day
---@field text string
---@field title string
---@field summary string
---@field style string
---@field date dateline.Date? the day it is about

---What main.lua returns: what it registers must be what plugin.json declares.
---@class dateline.Plugin
---@field renderers? table<string, fun(document: dateline.Node, options: {fragment: boolean}): string>
---@field styles? table<string, dateline.HouseStyle>
---@field phrases? table<string, function>
---@field functions? table<string, function>
---@field checks? table<string, fun(document: dateline.Node): string[]?>
---@field importers? table<string, fun(file: dateline.ImportFile): fun(): dateline.ImportRow?>
---@field publishers? table<string, fun(bulletin: dateline.Written)>

---A house style: what is not given is as in `base`.
---@class dateline.HouseStyle
---@field base? string one of the core's styles: "pa" unless given
---@field spell_max? integer whole numbers up to this are words
---@field ordinal_max? integer the same for ordinals: 12 at most
---@field percent? string what follows the figure of a percentage: " per cent"
---@field percent_spelled? boolean whether a small whole percentage is a word
---@field date? "month-day"|"day-month"
---@field day_months? string[] twelve names, beside a day of the month
---@field start_max? integer at a sentence's start, numbers up to this are words
---@field openers? string[] what a sentence opens with where words would be too long
---@field title_figures? boolean whether a heading may start with a figure
