// tests/embed/example.c - Dateline in another program, which sees nothing of it but dateline/dateline.h.
// It imports a file, is told of the bad one, makes bulletins in two threads, asks, and stops a script
// that would not end. Built as C and as C++ against what was installed.
#include <dateline/dateline.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int failures;

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            printf("line %d: %s\n", __LINE__, #condition);                                         \
            failures++;                                                                            \
        }                                                                                          \
    } while (0)

#define BULLETIN "latest-developments"
#define RETRIEVED "2026-08-22T12:00:00Z"

static int holds(const dtl_context *context, const char *text)
{
    return strstr(dtl_context_output(context, NULL), text) != NULL;
}

static void print_problems(const dtl_context *context)
{
    for (size_t i = 0; i < dtl_context_problem_count(context); i++) {
        dtl_problem problem = dtl_context_problem(context, i);
        printf("%s: %s:%ld: %s\n", problem.is_warning ? "warning" : "error", problem.file,
               (long)problem.line, problem.message);
    }
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

// The bundled figures, in every format; a figure asked for; what was known earlier.
static void check_bundled(void)
{
    static const char *const formats[] = {"markdown", "html", "text", "json"};
    dtl_context *context = dtl_context_new();
    CHECK(dtl_context_open(context, NULL) == DTL_OUTCOME_DONE);
    dtl_context_set_style(context, "percent_word");
    dtl_context_set_parameter(context, "date", "2024-10-18");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        size_t size = 0;
        CHECK(dtl_context_run(context, BULLETIN, formats[i]) == DTL_OUTCOME_DONE);
        CHECK(strlen(dtl_context_output(context, &size)) == size);
        CHECK(holds(context, "28,204"));
        CHECK(dtl_context_problem_count(context) == 0);
    }
    CHECK(dtl_context_eval(context, "c.people:year_to_date '2024-10-18'") == DTL_OUTCOME_DONE);
    CHECK(holds(context, "\"value\":28204"));
    CHECK(dtl_context_set_as_of(context, "2020-01-01") == DTL_OUTCOME_DONE);
    CHECK(dtl_context_run(context, BULLETIN, "html") == DTL_OUTCOME_NO);
    CHECK(dtl_context_set_as_of(context, NULL) == DTL_OUTCOME_DONE);
    CHECK(dtl_context_run(context, BULLETIN, "html") == DTL_OUTCOME_DONE);
    dtl_context_set_parameter(context, "date", NULL);
    CHECK(dtl_context_run(context, BULLETIN, "text") == DTL_OUTCOME_DONE &&
          !holds(context, "28,204"));
    dtl_context_free(context);
}

// A failure: this outcome, no output, and a first problem whose message holds [text].
static void check_refused(dtl_context *context, dtl_outcome outcome, dtl_outcome expected,
                          const char *text)
{
    size_t size = 1;
    CHECK(outcome == expected);
    CHECK(strcmp(dtl_context_output(context, &size), "") == 0 && size == 0);
    CHECK(dtl_context_problem_count(context) > 0);
    dtl_problem problem = dtl_context_problem(context, 0);
    CHECK(!problem.is_warning && problem.outcome == expected);
    if (!strstr(problem.message, text)) {
        printf("'%s' should say '%s'\n", problem.message, text);
        failures++;
    }
}

static void check_misuse(void)
{
    dtl_context *context = dtl_context_new();
    check_refused(context, dtl_context_run(context, "none", "html"), DTL_OUTCOME_MISUSE, "none");
    check_refused(context, dtl_context_run(context, BULLETIN, "docx"), DTL_OUTCOME_MISUSE, "docx");
    check_refused(context, dtl_context_set_as_of(context, "soon"), DTL_OUTCOME_MISUSE, "soon");
    check_refused(context, dtl_context_import(context, "x.csv", NULL, RETRIEVED, NULL),
                  DTL_OUTCOME_MISUSE, "bundled");
    check_refused(context, dtl_context_eval(context, "c.people:on '2017-01-01'"), DTL_OUTCOME_NO,
                  "2018");
    check_refused(context, dtl_context_eval(context, "1 +"), DTL_OUTCOME_SCRIPT, "");
    dtl_context_set_style(context, "tabloid");
    check_refused(context, dtl_context_run(context, BULLETIN, "html"), DTL_OUTCOME_MISUSE,
                  "tabloid");
    dtl_context_set_style(context, NULL);
    dtl_context_set_parameter(context, "dat", "2024-10-18");
    check_refused(context, dtl_context_run(context, BULLETIN, "html"), DTL_OUTCOME_MISUSE, "dat");
    dtl_context_set_parameter(context, "dat", NULL);
    dtl_context_set_parameter(context, "date", "2030-01-01");
    check_refused(context, dtl_context_run(context, BULLETIN, "html"), DTL_OUTCOME_NO, "2030");
    CHECK(dtl_context_problem(context, 1000).message[0] == '\0');
    dtl_context_open(context, "absent/store.db");
    check_refused(context, dtl_context_run(context, BULLETIN, "html"), DTL_OUTCOME_DATA, "absent");
    check_refused(context, dtl_context_import(context, "x.csv", NULL, RETRIEVED, NULL),
                  DTL_OUTCOME_DATA, "");
    dtl_context_free(context);
}

// Nothing of a file with bad cells is imported, and each of them is told, in the file's order.
static void check_imports(void)
{
    dtl_context *context = dtl_context_new();
    write_file("bad.csv",
               "date,people,boats\n2024-10-17,48,1\n2024-10-18,many,10\n2024-10-19,0,x\n");
    write_file("good.csv", "date,people,boats\n2024-10-17,48,1\n2024-10-18,647,10\n");
    CHECK(dtl_context_open(context, "own.db") == DTL_OUTCOME_DONE);
    check_refused(context,
                  dtl_context_import(context, "bad.csv", "small-boats-daily", RETRIEVED, NULL),
                  DTL_OUTCOME_DATA, "many");
    CHECK(dtl_context_problem_count(context) == 2);
    CHECK(dtl_context_problem(context, 0).line == 3 && dtl_context_problem(context, 1).line == 4);
    CHECK(strcmp(dtl_context_problem(context, 0).file, "bad.csv") == 0);
    CHECK(strcmp(dtl_context_problem(context, 0).cell, "people") == 0);
    CHECK(strcmp(dtl_context_problem(context, 0).source, "many") == 0);
    CHECK(dtl_context_problem(context, 0).expected[0] != '\0');
    print_problems(context);
    check_refused(context, dtl_context_import(context, "good.csv", "none", RETRIEVED, NULL),
                  DTL_OUTCOME_MISUSE, "none");
    check_refused(context, dtl_context_import(context, "good.csv", NULL, "today", NULL),
                  DTL_OUTCOME_MISUSE, "today");
    CHECK(dtl_context_import(context, "good.csv", NULL, RETRIEVED, "2024-10-19") ==
          DTL_OUTCOME_DONE);
    CHECK(dtl_context_import(context, "good.csv", NULL, RETRIEVED, "2024-10-19") ==
          DTL_OUTCOME_DONE);
    CHECK(dtl_context_eval(context, "c.people:total('2024-10-17', '2024-10-18')") ==
          DTL_OUTCOME_DONE);
    CHECK(holds(context, "\"value\":695"));
    dtl_context_set_as_of(context, "2024-10-19");  // before it was retrieved
    CHECK(dtl_context_eval(context, "c.people:on '2024-10-18'") == DTL_OUTCOME_NO);
    dtl_context_free(context);
}

// A file with more bad cells than anyone reads.
static void check_many_problems(void)
{
    enum {
        ROWS = 300
    };
    static char text[ROWS * 32];
    int size = snprintf(text, sizeof text, "date,people,boats\n");
    for (int i = 0; i < ROWS; i++)
        size += snprintf(text + size, sizeof text - (size_t)size, "2024-%02d-%02d,x,1\n",
                         i / 28 + 1, i % 28 + 1);
    write_file("worse.csv", text);
    dtl_context *context = dtl_context_new();
    dtl_context_open(context, "worse.db");
    check_refused(context,
                  dtl_context_import(context, "worse.csv", "small-boats-daily", RETRIEVED, NULL),
                  DTL_OUTCOME_DATA, "x");
    CHECK(dtl_context_problem_count(context) == ROWS);
    CHECK(dtl_context_problem(context, ROWS - 1).line == ROWS + 1);
    dtl_context_free(context);
}

// What the library has not, a plugin may have.
static void check_plugins(void)
{
    dtl_context *context = dtl_context_new();
    mkdir("loud", 0777);
    write_file("loud/plugin.json",
               "{\"manifest\": 1, \"name\": \"loud\", \"version\": \"1.0.0\", \"summary\": \"x\", "
               "\"license\": \"MIT\", \"api\": 1, \"main\": \"main.lua\", \"capabilities\": [], "
               "\"provides\": [{\"kind\": \"renderer\", \"name\": \"loud\", \"summary\": \"x\"}]}");
    write_file("loud/main.lua", "return { renderers = { loud = function(document) "
                                "return document.plain:upper() end } }");
    check_refused(context, dtl_context_run(context, BULLETIN, "loud"), DTL_OUTCOME_MISUSE, "loud");
    dtl_context_add_plugin(context, "loud");
    CHECK(dtl_context_run(context, BULLETIN, "loud") == DTL_OUTCOME_DONE);
    CHECK(holds(context, "LATEST DEVELOPMENTS"));
    dtl_context_free(context);
}

static dtl_outcome run_text(dtl_context *context, const char *source)
{
    return dtl_context_run_source(context, "mine.lua", source, strlen(source), "text");
}

static void check_scripts(void)
{
    dtl_context *context = dtl_context_new();
    CHECK(
        run_text(context, "return { title = 'x', build = function(doc) doc:para 'Hello.' end }") ==
        DTL_OUTCOME_DONE);
    CHECK(holds(context, "Hello."));
    CHECK(run_text(context,
                   "return { title = 'x', build = function(doc) doc:para 'I saw 12.' end }") ==
          DTL_OUTCOME_DONE);
    CHECK(dtl_context_problem_count(context) == 1 && dtl_context_problem(context, 0).is_warning);
    check_refused(context, run_text(context, "return {\n  title = 'x',\n  build = nothing() }"),
                  DTL_OUTCOME_SCRIPT, "nothing");
    CHECK(dtl_context_problem(context, 0).line == 3);
    CHECK(strcmp(dtl_context_problem(context, 0).file, "mine.lua") == 0);
    dtl_context_set_limits(context, 4 << 20, 200);
    check_refused(context, run_text(context, "while true do end"), DTL_OUTCOME_SCRIPT,
                  "time limit");
    check_refused(context, run_text(context, "local t = {} for i = 1, 1e8 do t[i] = {} end"),
                  DTL_OUTCOME_SCRIPT, "memory");
    dtl_context_set_limits(context, 0, 0);
    CHECK(dtl_context_run(context, BULLETIN, "markdown") == DTL_OUTCOME_DONE);
    dtl_context_free(context);
}

// A thread's own context, and its own year.
static void *make_bulletins(void *argument)
{
    const char *year = (const char *)argument;
    dtl_context *context = dtl_context_new();
    long failed = 0;
    for (int day = 1; day <= 28; day++) {
        char date[32];
        snprintf(date, sizeof date, "%s-08-%02d", year, day);
        dtl_context_set_parameter(context, "date", date);
        if (dtl_context_run(context, BULLETIN, "json") == DTL_OUTCOME_DONE && holds(context, date))
            continue;
        failed++;
        for (size_t i = 0; i < dtl_context_problem_count(context); i++)
            fprintf(stderr, "%s: %s\n", date, dtl_context_problem(context, i).message);
    }
    dtl_context_free(context);
    return (void *)failed;
}

// A program that never waits for its children: theirs end all the same.
static void check_ignored_children(void)
{
    dtl_context *context = dtl_context_new();
    signal(SIGCHLD, SIG_IGN);
    CHECK(dtl_context_run(context, BULLETIN, "text") == DTL_OUTCOME_DONE);
    dtl_context_set_limits(context, 0, 200);
    check_refused(context, run_text(context, "while true do end"), DTL_OUTCOME_SCRIPT,
                  "time limit");
    signal(SIGCHLD, SIG_DFL);
    dtl_context_free(context);
}

static void check_threads(void)
{
    static char years[2][8] = {"2023", "2024"};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, make_bulletins, years[i]) == 0);
    for (int i = 0; i < 2; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        CHECK(failed == NULL);
    }
}

int main(void)
{
    check_bundled();
    check_misuse();
    check_imports();
    check_many_problems();
    check_scripts();
    check_plugins();
    check_ignored_children();
    check_threads();
    dtl_context_free(NULL);
    printf("dateline %s: %d failures\n", dtl_version(), failures);
    return failures != 0;
}
