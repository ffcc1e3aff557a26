// core/app/cmd_doctor.c - dateline doctor: whether all is well here, one finding a line.
#include "app/commands.h"
#include "app/listing.h"
#include "app/store_choice.h"
#include "import/libraries.h"
#include "script/worker/confine.h"
#include "script/sandbox/state.h"

typedef struct doctor_values {
    const char *db;
    int to;
} doctor_values;

enum {
    TO_TEXT,
    TO_JSON,
    STATUS_UNWELL = 1
};

static const dtl_option options[] = {
    {.name = "to",
     .value = "text|json",
     .help = "a table, or an array of objects",
     .read = dtl_read_choice,
     .offset = offsetof(doctor_values, to)},
    DTL_OPTION_DB(doctor_values, db),
};

static const doctor_values defaults = {.to = TO_TEXT};

static const dtl_listing_column columns[] = {
    {"state", "STATE", DTL_LISTING_TEXT},
    {"check", "CHECK", DTL_LISTING_TEXT},
    {"finding", "FINDING", DTL_LISTING_TEXT},
};

typedef enum finding_state {
    OK,
    WARN,   // a fault of the system's that is known and can be lived with
    WRONG,  // something to be mended: the exit status says so
} finding_state;

static const dtl_str state_names[] = {
    [OK] = {"ok", 2}, [WARN] = {"warn", 4}, [WRONG] = {"wrong", 5}};

typedef struct doctor {
    dtl_listing findings;
    dtl_arena *arena;
    bool unwell;
} doctor;

static void add_finding(doctor *d, finding_state state, const char *check, dtl_str finding)
{
    dtl_listing_add(&d->findings, state_names[state]);
    dtl_listing_add(&d->findings, dtl_str_from(check));
    dtl_listing_add(&d->findings, finding);
    d->unwell = d->unwell || state == WRONG;
}

// Each line of [faults] is a finding of [state]; without any, [well] is what there is to say.
static void add_faults(doctor *d, finding_state state, const char *check, dtl_buf *faults,
                       dtl_str well)
{
    dtl_str rest = dtl_str_trim(dtl_buf_str(faults));
    if (rest.size == 0)
        add_finding(d, OK, check, well);
    while (rest.size) {
        size_t end = dtl_str_find(rest, DTL_STR("\n"));
        add_finding(d, state, check, dtl_str_slice(rest, 0, end));
        rest = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(rest, end + 1, rest.size);
    }
    dtl_buf_release(faults);
}

static void add_failure(doctor *d, const char *check, const dtl_error *err)
{
    add_finding(d, WRONG, check, dtl_str_from(err->message));
}

// "5 datasets, published to 2026-08-21": what a store holds, in few words.
static bool add_extent(dtl_store *store, dtl_arena *arena, dtl_buf *out, dtl_error *err)
{
    dtl_release *releases;
    size_t count;
    dtl_date published = DTL_DATE_NONE;
    dtl_date covered = DTL_DATE_NONE;
    if (!dtl_store_releases(store, DTL_STR(""), DTL_MOMENT_LATEST, arena, &releases, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (releases[i].published > published)  // DTL_DATE_NONE is before every date
            published = releases[i].published;
        if (releases[i].covers_to > covered)
            covered = releases[i].covers_to;
    }
    dtl_buf_printf(out, "%zu %s", count, count == 1 ? "release" : "releases");
    if (published != DTL_DATE_NONE) {
        DTL_BUF_LITERAL(out, ", the newest published ");
        dtl_date_add(out, published);
    }
    if (covered != DTL_DATE_NONE) {
        DTL_BUF_LITERAL(out, ", figures to ");
        dtl_date_add(out, covered);
    }
    return true;
}

static void check_store(doctor *d, const char *check, const dtl_store_ref *ref)
{
    dtl_error err = {0};
    dtl_store *store = NULL;
    dtl_buf faults = {0};
    dtl_buf well = {0};
    dtl_buf_printf(&well, "%s: ", dtl_store_choice_name(ref));
    bool ok = dtl_store_choice_open(ref, &store, &err) &&
              dtl_store_diagnose(store, &faults, &err) && add_extent(store, d->arena, &well, &err);
    if (ok)
        add_faults(d, WRONG, check, &faults, dtl_buf_str(&well));
    else
        add_failure(d, check, &err);
    dtl_store_close(store);
    dtl_buf_release(&faults);
    dtl_buf_release(&well);
}

static bool take_output(void *context, dtl_str key, dtl_str bytes, dtl_str ledger, dtl_error *err)
{
    (void)key;
    (void)ledger;
    (void)err;
    dtl_buf_add_str(context, bytes);
    return true;
}

// A whole run, from the fork to the answer.
static void check_worker(doctor *d)
{
    dtl_error err = {0};
    dtl_buf answer = {0};
    dtl_run_options run = {.store = dtl_store_choice_bundled(),
                           .as_of = DTL_MOMENT_LATEST,
                           .limits = DTL_LIMITS_DEFAULT};
    dtl_run_events events = {.output = take_output, .context = &answer};
    if (!dtl_run_eval(DTL_STR("1 + 1"), false, &run, &events, &err))
        add_failure(d, "worker", &err);
    else if (dtl_str_equal(dtl_str_trim(dtl_buf_str(&answer)), DTL_STR("2")))
        add_finding(d, OK, "worker", DTL_STR("scripts run, in a process of their own"));
    else
        add_finding(d, WRONG, "worker", DTL_STR("a script that adds one and one does not say 2"));
    dtl_buf_release(&answer);
}

static void add_libraries(doctor *d)
{
    dtl_buf names = {0};
    dtl_store_engine(&names);
    DTL_BUF_LITERAL(&names, ", " LUA_RELEASE ", ");
    dtl_import_libraries(&names);
    add_finding(d, OK, "libraries", dtl_buf_str(&names));
    dtl_buf_release(&names);
}

static void check_all(doctor *d, const doctor_values *values)
{
    dtl_buf faults = {0};
    dtl_store_ref bundled = dtl_store_choice_bundled();
    dtl_store_ref chosen = dtl_store_choice(values->db, d->arena);
    add_finding(d, OK, "program", DTL_STR("dateline " DTL_VERSION));
    add_libraries(d);
    check_store(d, "figures", &bundled);
    if (chosen.path)
        check_store(d, "store", &chosen);
    else
        add_finding(d, OK, "store", DTL_STR("none here: the bundled figures are used"));
    dtl_confine_missing(&faults);
    add_faults(d, WRONG, "kernel", &faults, DTL_STR("confines scripts with all it has"));
    dtl_state_self_test(&faults);
    add_faults(d, WARN, "lua", &faults, DTL_STR("computes as it should"));
    check_worker(d);
}

static int run(dtl_app *app, const dtl_command_line *line, const void *given)
{
    const doctor_values *values = given;
    (void)line;
    dtl_error err = {0};
    doctor d = {.arena = &app->arena};
    dtl_listing_init(&d.findings, columns, DTL_COUNT(columns), &app->arena);
    check_all(&d, values);
    bool ok = dtl_listing_show(&d.findings, values->to == TO_JSON, &app->output, &err);
    dtl_listing_release(&d.findings);
    if (!ok)
        return dtl_app_fail(app, &err);
    return d.unwell ? STATUS_UNWELL : 0;
}

const dtl_command dtl_command_doctor = {
    .name = "doctor",
    .usage = "[options]",
    .summary = "Checks the store, the kernel's protections and the libraries.",
    .details = "Exit status 1 when something is wrong.\n",
    .example = "doctor",
    .options = {.options = options, .count = DTL_COUNT(options)},
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .run = run,
};
