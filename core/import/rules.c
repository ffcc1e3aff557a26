// core/import/rules.c - what looks odd in a file as a whole, or beside what was known.
//
// Rules that need two measures compared (people against boats), or one dataset against another, are
// not here: nothing in C knows what a column means.
#include "import/rules.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/number.h"

enum {
    LISTED_MAX = 10,        // warnings of one kind that are listed one by one
    REVISION_LEAST = 50,    // a revision up to this size is nothing to look at,
    REVISION_PERCENT = 10,  // nor one up to this share of the value,
    REVISION_DAYS = 30,     // unless it comes later than this
};

dtl_date dtl_rules_latest_date(const dtl_import_options *options)
{
    return options->published != DTL_DATE_NONE ? options->published
                                               : dtl_moment_date(options->retrieved);
}

void dtl_rules_init(dtl_rules *rules, dtl_import_report *report, const dtl_table *table,
                    dtl_str path, const dtl_import_options *options)
{
    *rules = (dtl_rules){.report = report,
                         .table = table,
                         .path = path,
                         .release_date = dtl_rules_latest_date(options)};
}

void dtl_rules_release(dtl_rules *rules)
{
    dtl_arena_release(&rules->arena);
}

static void add_count(dtl_buf *out, int64_t value)
{
    dtl_number_format format = {.group = true};
    if (!dtl_number_add(out, dtl_rational_from(value), format))
        dtl_buf_printf(out, "%" PRId64, value);
}

// "people of 2026-07-10"
static void add_subject(const dtl_change *change, dtl_buf *out)
{
    dtl_buf_printf(out, "%.*s of ", DTL_ARG(change->measure->name));
    dtl_date_add(out, change->period);
    if (change->dimensions.size > 2)
        dtl_buf_printf(out, " %.*s", DTL_ARG(change->dimensions));
}

static bool is_large_revision(const dtl_rules *rules, const dtl_change *change)
{
    if (!change->was_known || !change->had_value || !change->has_value)
        return false;
    uint64_t difference = change->after > change->before
                              ? (uint64_t)change->after - (uint64_t)change->before
                              : (uint64_t)change->before - (uint64_t)change->after;
    uint64_t size = change->before < 0 ? 0 - (uint64_t)change->before : (uint64_t)change->before;
    return (difference > REVISION_LEAST && difference > size / 100 * REVISION_PERCENT) ||
           rules->release_date - change->period > REVISION_DAYS;
}

static bool is_new_record(const dtl_rules *rules, const dtl_change *change)
{
    return rules->table->dataset->grain != DTL_GRAIN_AS_AT && change->has_value &&
           change->has_record && change->record > 0 && change->after / 3 > change->record / 2;
}

static void warn_revision(dtl_rules *rules, const dtl_change *change)
{
    if (++rules->revisions > LISTED_MAX)
        return;
    dtl_buf text = {0};
    add_subject(change, &text);
    DTL_BUF_LITERAL(&text, " was ");
    add_count(&text, change->before);
    DTL_BUF_LITERAL(&text, " and is now ");
    add_count(&text, change->after);
    dtl_warning_add(rules->report, rules->path, change->line, "%.*s", DTL_ARG(dtl_buf_str(&text)));
    dtl_buf_release(&text);
}

static void warn_record(dtl_rules *rules, const dtl_change *change)
{
    if (++rules->records > LISTED_MAX)
        return;
    dtl_buf text = {0};
    add_subject(change, &text);
    DTL_BUF_LITERAL(&text, " is ");
    add_count(&text, change->after);
    DTL_BUF_LITERAL(&text, "; the most so far was ");
    add_count(&text, change->record);
    dtl_warning_add(rules->report, rules->path, change->line, "%.*s", DTL_ARG(dtl_buf_str(&text)));
    dtl_buf_release(&text);
}

void dtl_rules_take_change(void *context, const dtl_change *change)
{
    dtl_rules *rules = context;
    if (is_large_revision(rules, change))
        warn_revision(rules, change);
    if (is_new_record(rules, change))
        warn_record(rules, change);
}

// ---- what seems to be withdrawn ----

static const char *period_name(const dtl_dataset *dataset)
{
    static const char *const names[] = {
        [DTL_GRAIN_DAY] = "days",   [DTL_GRAIN_WEEK] = "weeks", [DTL_GRAIN_MONTH] = "months",
        [DTL_GRAIN_YEAR] = "years", [DTL_GRAIN_AS_AT] = "rows", [DTL_GRAIN_EVENT] = "events",
    };
    return names[dataset->grain];
}

// The measures of a row vanish together: that is told once.
static bool was_told(dtl_rules *rules, const dtl_vanished *run)
{
    for (size_t i = 0; i < rules->run_count; i++)
        if (rules->runs[i].first == run->first && rules->runs[i].last == run->last &&
            dtl_str_equal(rules->runs[i].dimensions, run->dimensions))
            return true;
    if (rules->run_count < DTL_RUNS_MAX) {
        dtl_vanished *kept = &rules->runs[rules->run_count++];
        *kept = *run;
        kept->dimensions = dtl_arena_str(&rules->arena, run->dimensions);
    }
    return false;
}

static bool tell_vanished(void *context, const dtl_vanished *run, dtl_error *err)
{
    dtl_rules *rules = context;
    dtl_error reason = {0};
    dtl_buf dates = {0};
    (void)err;
    if (was_told(rules, run))
        return true;
    if (run->first != DTL_DATE_NONE) {
        dtl_date_add(&dates, run->first);
        if (run->last != run->first) {
            DTL_BUF_LITERAL(&dates, " to ");
            dtl_date_add(&dates, run->last);
        }
    }
    bool is_event = run->measure.size == 0;
    dtl_error_set(&reason, DTL_EDATA, "%" PRId64 " %s in %.*s are not in this file: %.*s%s%.*s",
                  run->count, period_name(rules->table->dataset), DTL_ARG(run->release),
                  DTL_ARG(dtl_buf_str(&dates)), run->dimensions.size > 2 && !is_event ? " " : "",
                  DTL_ARG(run->dimensions.size > 2 || is_event ? run->dimensions : DTL_STR("")));
    dtl_error_expected(&reason, "all that an earlier release of the whole series had");
    dtl_error_hint(&reason, "import it as a window if it speaks of some periods only");
    dtl_problem_add_whole(rules->problems, &reason);
    dtl_buf_release(&dates);
    return true;
}

bool dtl_rules_check_vanished(dtl_rules *rules, dtl_problems *problems, dtl_writer *writer,
                              dtl_error *err)
{
    rules->problems = problems;
    return dtl_writer_vanished(writer, tell_vanished, rules, err);
}

// ---- the file as a whole ----

static void warn_unknown(dtl_rules *rules)
{
    const dtl_table *table = rules->table;
    dtl_buf list = {0};
    for (size_t i = 0; i < table->unknown_count && i < LISTED_MAX; i++)
        dtl_buf_printf(&list, "%s'%.*s'", i ? ", " : "", DTL_ARG(table->unknown[i]));
    if (table->unknown_count > LISTED_MAX)
        dtl_buf_printf(&list, " and %zu more", table->unknown_count - LISTED_MAX);
    if (table->unknown_count)
        dtl_warning_add(rules->report, rules->path, 0, "%.*s does not know these columns: %.*s",
                        DTL_ARG(table->dataset->name), DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
}

static void warn_gaps(dtl_rules *rules, const dtl_release_result *result)
{
    dtl_buf date = {0};
    const dtl_dataset *dataset = rules->table->dataset;
    if (result->periods_absent == 0 || dataset->absent_is_zero)
        return;
    dtl_date_add(&date, result->first_absent);
    dtl_warning_add(rules->report, rules->path, 0,
                    "%" PRId64 " %s between the first and the last are not in the file, the first "
                    "is %.*s; they count as unknown, not as zero",
                    result->periods_absent, period_name(dataset), DTL_ARG(dtl_buf_str(&date)));
    dtl_buf_release(&date);
}

void dtl_rules_warn(dtl_rules *rules, const dtl_release_result *result)
{
    warn_unknown(rules);
    if (result->rows_repeated)
        dtl_warning_add(rules->report, rules->path, 0,
                        "%" PRId64 " rows say exactly what an earlier row says",
                        result->rows_repeated);
    warn_gaps(rules, result);
    if (rules->revisions > LISTED_MAX)
        dtl_warning_add(rules->report, rules->path, 0,
                        "%" PRId64 " more values were revised by much, or late",
                        rules->revisions - LISTED_MAX);
    if (rules->records > LISTED_MAX)
        dtl_warning_add(rules->report, rules->path, 0,
                        "%" PRId64 " more values are far above any before",
                        rules->records - LISTED_MAX);
}
