// tests/unit/test_no_memory.c - memory runs out inside the host's functions: at the first allocation
// of a script, the second, and every other to its end. Each time it is an ordinary error, and under
// the sanitizers nothing leaks.
#include <stdio.h>

#include "script/bindings/binding.h"
#include "script/run/run.h"
#include "store/image.h"
#include "support/script.h"
#include "support/test.h"

typedef struct library {
    dtl_store *store;
    dtl_session *session;
    dtl_state *state;
} library;

// From the allocation number [left] on, nothing more is given.
typedef struct shortage {
    lua_Alloc inner;
    void *inner_user;
    int left;
    bool refused;
} shortage;

static void *allocate(void *user, void *block, size_t old_size, size_t new_size)
{
    shortage *s = user;
    bool grows = new_size && (!block || new_size > old_size);
    if (grows && s->left-- <= 0) {
        s->refused = true;
        return NULL;
    }
    return s->inner(s->inner_user, block, old_size, new_size);
}

static void open_library(library *l)
{
    dtl_error err = {0};
    dtl_state_options options = {.limits = DTL_LIMITS_DEFAULT};
    CHECK(dtl_store_open_image(dtl_image_bytes, dtl_image_size, &l->store, &err));
    l->session = dtl_session_new(l->store, DTL_MOMENT_LATEST);
    CHECK(dtl_state_new(&options, &l->state, &err));
    dtl_state_set_context(l->state, l->session);
    CHECK(dtl_add_natives(l->state, &err));
    CHECK(dtl_store_guard(l->store, NULL, NULL, &err));
}

static void close_library(library *l)
{
    dtl_state_free(l->state);
    dtl_session_free(l->session);
    dtl_store_close(l->store);
}

// Pushes a document over [doc] as a report gets it; its builder is at 1.
static bool push_document(library *l, dtl_doc *doc, dtl_buf *warnings, dtl_error *err)
{
    lua_State *L = dtl_state_lua(l->state);
    dtl_push_builder(L, doc, warnings);
    if (!dtl_state_require(l->state, "dateline.document", err))
        return false;
    lua_getfield(L, -1, "new");
    lua_remove(L, -2);
    lua_pushvalue(L, 1);
    return dtl_state_call(l->state, 1, 1, err);
}

// Loads [source] and calls it with the document on the top, while [s] counts.
static bool call_short(library *l, const char *source, shortage *s, dtl_error *err)
{
    lua_State *L = dtl_state_lua(l->state);
    s->inner = lua_getallocf(L, &s->inner_user);
    lua_setallocf(L, allocate, s);
    bool ok = dtl_state_load(l->state, DTL_STR("script.lua"), dtl_str_from(source), err);
    if (ok) {
        lua_insert(L, -2);
        ok = dtl_state_call(l->state, 1, 0, err);
    }
    lua_setallocf(L, s->inner, s->inner_user);
    return ok;
}

// Whether [source] ran with [allowed] allocations; [*enough]: it did not need more.
static bool run_with(library *l, const char *source, int allowed, bool *enough, dtl_error *err)
{
    lua_State *L = dtl_state_lua(l->state);
    dtl_doc *doc = dtl_doc_new();
    dtl_buf warnings = {0};
    shortage s = {.left = allowed};
    dtl_guard_arm(dtl_state_guard(l->state), L);
    bool ok = push_document(l, doc, &warnings, err);
    CHECK(ok);
    ok = ok && call_short(l, source, &s, err);
    dtl_guard_disarm(dtl_state_guard(l->state));
    dtl_builder_close(L, 1);
    lua_settop(L, 0);
    dtl_doc_free(doc);
    dtl_buf_release(&warnings);
    *enough = !s.refused;
    return ok;
}

static void sweep(library *l, const char *source)
{
    int failures = 0;
    bool enough = false;
    dtl_error err = {0};
    if (!run_with(l, source, INT32_MAX, &enough, &err)) {  // which loads the modules it needs
        printf("    line %d: %s\n", (int)err.line, err.message);
        CHECK(false);
        return;
    }
    enough = false;
    for (int allowed = 0; !enough; allowed++) {
        err = (dtl_error){0};
        bool ok = run_with(l, source, allowed, &enough, &err);
        failures += !ok;
        bool said = dtl_holds(err.message, "not enough memory");
        if (ok || (said && !enough))
            continue;
        printf("    at allocation %d, line %d: error %d: %s\n", allowed, (int)err.line,
               (int)err.code, err.message);
        CHECK(false);
        return;
    }
    printf("    %d failures\n", failures);
    CHECK(failures > 20);
}

#define REQUIRED                                                                                   \
    "local doc = ...\n"                                                                            \
    "local c, phrase = require 'dateline.crossings', require 'dateline.phrase'\n"                  \
    "local data, sql = require 'dateline.data', require 'dateline.sql'\n"                          \
    "local date = require 'dateline.date'\n"

#define WITHOUT_MEMORY(name, source)                                                               \
    TEST(name##_run_out_of_memory_as_an_ordinary_error)                                            \
    {                                                                                              \
        library l = {NULL, NULL, NULL};                                                            \
        open_library(&l);                                                                          \
        sweep(&l, REQUIRED source);                                                                \
        close_library(&l);                                                                         \
    }

WITHOUT_MEMORY(dates,
               "local d = date '2024-10-18'\n"
               "local e = date(2024, 2, 29)\n"
               "print(d, e, d - 7, d - e, d < e, d:year_start(), d.year, d.month, d.weekday)\n"
               "print(date.parse '2024-10-17', date.parse 'no date', date.is(d), tostring(d))\n"
               "print(pcall(date, 'no date'), pcall(function() return d.nothing end))\n")

WITHOUT_MEMORY(facts,
               "local a, b = c.people:on '2024-10-18', c.boats:on '2024-10-18'\n"
               "print(a + 1, a - a, a / b, -a, a * 2, a == a + 0, a < a + 1, a:change(a + 5))\n"
               "print(a.value, a.text, a.expression, #a.sources, a.unit, tostring(a))\n"
               "print(pcall(function() return a + {} end), pcall(function() return a.no end))\n")

WITHOUT_MEMORY(
    measures, "local d = '2024-10-18'\n"
              "local p = c.people\n"
              "print(p:total('2024-01-01', d), p:year_to_date(d), p:same_point(d, 2022))\n"
              "print(p:year(2023), p:month '2024-09', p:last(7, d), p:since('labour', d))\n"
              "print(p:peak { by = 'year', to = d }, p:rank(d, { within = 'year' }))\n"
              "print(p:highest_since(d), p:first_reaching(25000, { year = 2024 }), p:gap(d))\n"
              "print(p:mean('2024-10-01', d), p:latest(), p:coverage('2024-10-01', d))\n"
              "print(p:days { from = '2024-10-01', to = d, min = 500 }, (p / c.boats):on(d))\n"
              "for day, fact in p:each('2024-10-15', d) do print(day, fact) end\n"
              "print(c.deaths:where { source = 'French coastguards' }, p:as_of '2026-08-21')\n"
              "print(p:on '2099-01-01', pcall(p.on, p, 'no date'), pcall(p.where, p, { x = 1 }))\n")

WITHOUT_MEMORY(datasets,
               "print(#data.datasets(), data.holds 'departures', #data.events())\n"
               "local d = data.open 'departures'\n"
               "print(d.title, d.publisher, d.boats, data.event 'labour')\n"
               "print(pcall(data.open, 'departure'), pcall(function() return d.bots end))\n")

WITHOUT_MEMORY(statements,
               "for row in sql.rows('select date, people from small_boats_daily where people > ?"
               " order by date limit 5', 900) do print(row.date, row.people) end\n"
               "for day, n in sql.each('select date, people from small_boats_daily where date >="
               " :d limit 3', { d = date '2024-10-18' }) do print(day, n) end\n"
               "print(sql.one('select 1 as a, ? as b', 'x').b, sql.value 'select 2')\n"
               "print(#sql.all 'select 1 as a union select 2', pcall(sql.one, 'select peple'))\n"
               "print(pcall(sql.rows, 'drop table day'), pcall(sql.rows, 'select ?', {}))\n"
               "for row in sql.rows 'select 1 as x union select 2 as x' do\n"
               "  print(pcall(function() return row.y end))\n"
               "  break\n"
               "end\n"
               "print(pcall(sql.all, 'select 1 union all select abs(-9223372036854775808)'))\n")

WITHOUT_MEMORY(
    documents,
    "local n = phrase.count(c.people:on '2024-10-18')\n"
    "doc:heading { 'Title of {n}', n = n }\n"
    "doc:para { '{n} came, *so* [they](https://x.org/{n}) `say`, {a?}.', n = n, a = nil }\n"
    "doc:sentences { { '{n} came.', n = n }, 'Others did not.' }\n"
    "doc:list { 'one', { 'two {n}', n = n }, ordered = true }\n"
    "doc:table { caption = 'A table', columns = { 'Day', { title = 'People',"
    " align = 'end' } }, rows = { { date '2024-10-18', c.people:on '2024-10-18' } } }\n"
    "doc:note 'A note.' doc:rule() doc:sources 'More.'\n"
    "print(pcall(doc.para, doc, { '{' }), pcall(doc.para, doc, { '{x}' }))\n")

// ---- a whole run ----

static bool take_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    (void)key;
    (void)ledger;
    (void)err;
    dtl_buf_clear(context);
    dtl_buf_add_str(context, bytes);
    return true;
}

static const char bulletin[] =
    "local c, phrase = require 'dateline.crossings', require 'dateline.phrase'\n"
    "return { title = 'Some', params = { date = { type = 'date', default = 'latest', help = '' } "
    "},\n"
    "  build = function(doc, p)\n"
    "    doc:heading 'SOME'\n"
    "    doc:para { '{n} came.', n = phrase.count(c.people:on(p.date)) }\n"
    "    doc:sources()\n"
    "  end }\n";

// Runs the bulletin of two days in a worker with [bytes] for Lua.
static bool run_report(size_t bytes, dtl_buf *out, dtl_error *err)
{
    dtl_run_options options = {.store = {.image = dtl_image_bytes, .image_size = dtl_image_size},
                               .as_of = DTL_MOMENT_LATEST,
                               .limits = DTL_LIMITS_DEFAULT};
    dtl_script script = {
        .name = DTL_STR("some"), .file = DTL_STR("some.lua"), .source = dtl_str_from(bulletin)};
    dtl_report_options report = {.renderer = &dtl_renderer_html, .ledger = true};
    dtl_run_events events = {.output = take_output, .context = out};
    options.limits.memory_bytes = bytes;
    return dtl_run_report(&script, &report, &options, &events, err);
}

TEST(with_every_budget_a_run_is_whole_or_an_ordinary_error)
{
    const size_t step = dtl_is_sanitized() ? 20011 : 4099;
    dtl_buf whole = {0};
    dtl_buf out = {0};
    dtl_error err = {0};
    int failures = 0;
    CHECK(run_report((size_t)64 << 20, &whole, &err));
    for (size_t bytes = 64 << 10; bytes < 16 << 20; bytes += step) {
        err = (dtl_error){0};
        dtl_buf_clear(&out);
        if (run_report(bytes, &out, &err))
            break;
        failures++;
        // A stack that cannot grow is told as too deep when the library was first to meet it.
        bool limit = err.code == DTL_ELIMIT && dtl_holds(err.message, "memory limit");
        if ((limit || dtl_holds(err.message, "stack overflow")) && out.size == 0)
            continue;
        printf("    %zu bytes: error %d: %s\n", bytes, (int)err.code, err.message);
        CHECK(false);
    }
    printf("    %d failures\n", failures);
    CHECK(failures > 10);
    CHECK(dtl_str_equal(dtl_buf_str(&out), dtl_buf_str(&whole)));
    dtl_buf_release(&whole);
    dtl_buf_release(&out);
}
