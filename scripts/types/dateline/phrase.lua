---@meta dateline.phrase
-- scripts/types/dateline/phrase.lua - the phrases that report scripts make, for editors.

---Every function gives a phrase and its claim, or nil and the reason when it must not speak. A nil
---where a figure was expected is passed on with its reason.
---@class dateline.PhraseSet
local phrase = {}

---@alias dateline.Count dateline.Fact|integer

---"647 people", "one boat", "no boats".
---@param value dateline.Count?
---@param options? string|{noun?: string, bare?: boolean} a noun, or: bare gives the figure alone
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.count(value, options) end
---How a count is said first: "more than 600 people", "almost 500 people".
---@param value dateline.Count?
---@param options? string|{noun?: string, bare?: boolean}
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.approx(value, options) end
---"eight per cent": of a fact in per cent, or of a part and its whole.
---@param part dateline.Count?
---@param whole? dateline.Count|{hedge?: boolean}
---@param options? {hedge?: boolean} hedge: "almost eight per cent" where that is so
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.percent(part, whole, options) end
---"five percentage points higher": between two percentages.
---@param now dateline.Count?
---@param was dateline.Count?
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.points(now, was) end
---"almost eight per cent higher", "double", "five, up from two", "44, compared with none".
---@param now dateline.Count?
---@param was dateline.Count?
---@param options? {hedge?: boolean}
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.change(now, was, options) end

---@class dateline.Limb
---@field was dateline.Count? the base; a limb without one is left out
---@field label string|dateline.Phrase "at the same point last year", "2024"
---@field hedge? boolean
---@field base? boolean the base's figure in brackets
---@field after? string|false what follows the limb: ", the peak year"

---One number against several: "almost eight per cent higher than at the same point last year but 25
---per cent down on 2022".
---@param spec {now: dateline.Count?, bases?: boolean, [integer]: dateline.Limb|false}
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.versus(spec) end
---"pushing the total for the year above 28,000", on the day that passes a multiple of step.
---@param measure dateline.Measure|{before: dateline.Count, after: dateline.Count, step: integer}
---@param date? dateline.AnyDate
---@param step? integer
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.milestone(measure, date, step) end
---"the 45th death reported by French coastguards so far this year", "the third day", "11th".
---@param value dateline.Count?
---@param noun? string
---@param options? {source?: string, period?: string} may also stand in the noun's place
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.nth(value, noun, options) end
---"an average of 65 people per boat": of a ratio, or of two counts.
---@param over dateline.Count?
---@param under? dateline.Count
---@param over_noun? string for plain numbers: what they count
---@param under_noun? string
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.per(over, under, over_noun, under_noun) end
---"almost half", "more than a third", "about one in 600", "none", "all".
---@param part dateline.Count?
---@param whole dateline.Count?
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.share(part, whole) end
---"613 people arrived while 528 were prevented": verbs in the plural.
---@param a dateline.Count?
---@param a_verb string
---@param b dateline.Count?
---@param b_verb string
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.contrast(a, a_verb, b, b_verb) end
---A hedge of your own: hedge("about", ratio), hedge("more than", people, {stated = 600}).
---@param word string
---@param value dateline.Count?
---@param options? {stated?: integer, noun?: string}
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.hedge(word, value, options) end

---Whether num / den may be said so.
---@param hedge string
---@param stated integer|string 600, "52.4"
---@param num integer
---@param den? integer
---@return "accept"|"stretch"|"false"
function phrase.hedge_ok(hedge, stated, num, den) end
---The thresholds of every hedge, as a copy.
---@return table
function phrase.rules() end
---A whole number in words: "forty-four"; nil where it has none (below 0, from a million millions on).
---@param n integer
---@return string?
function phrase.words(n) end

---"the third highest number on a single day so far this year".
---@param measure dateline.Measure
---@param date dateline.AnyDate
---@param options? {within?: "record"|"year"|"calendar-month"} default "record"
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.rank(measure, date, options) end
---"the highest daily total since January 17, when 358 people arrived".
---@param measure dateline.Measure
---@param date dateline.AnyDate
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.highest_since(measure, date) end
---The strongest of rank and highest_since that is true and worth telling.
---@param measure dateline.Measure
---@param date dateline.AnyDate
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.record(measure, date) end
---"no people for 11 days".
---@param measure dateline.Measure
---@param date dateline.AnyDate
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.streak(measure, date) end

---@class dateline.DateOptions
---@field near? dateline.AnyDate the day it is read from; default: the bulletin's
---@field year? boolean with or without its year, whatever the day

---"October 18", "18 October 2023".
---@param date dateline.AnyDate?
---@param options? dateline.DateOptions
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.date(date, options) end
---"Friday", beyond a week "Friday, October 18".
---@param date dateline.AnyDate?
---@param options? dateline.DateOptions
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.weekday(date, options) end
---"October", "October 2023": of a date or of "2024-10".
---@param month dateline.AnyDate?
---@param options? dateline.DateOptions
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.month(month, options) end
---"2022".
---@param year integer|dateline.AnyDate?
---@param options? string the reason for a nil
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.year(year, options) end
---"at the same point last year", "at the same point in 2022".
---@param year integer
---@param options? dateline.DateOptions
---@return dateline.Phrase phrase
function phrase.same_point(year, options) end
---A named event's words: "since Labour came to power".
---@param name string
---@return dateline.Phrase phrase
function phrase.event(name) end

---"1,305, 882 and 647 people"; what is nil or false is left out.
---@param items dateline.Value[]
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.list(items) end
---A whole sentence, its start recast as the style wants it.
---@param parts dateline.Value[]
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.sentence(parts) end
---Text whose digits are meant as they stand.
---@param text string?
---@return dateline.Phrase? phrase
---@return dateline.Claim|string claim_or_reason
function phrase.literal(text) end
---The verb that agrees with a count; none takes the plural.
---@param value dateline.Count?
---@param singular string
---@param plural string
---@return string? verb
---@return string? reason
function phrase.verb(value, singular, plural) end
---The phrases of another house style.
---@param name "percent_word"|"percent_num"|"pa"|"guardian"|"bbc"|"govuk"|"ons"|"ap"
---@return dateline.PhraseSet
function phrase.style(name) end

return phrase
