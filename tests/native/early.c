// tests/native/early.c - a plugin whose code does harm while it is loaded: its version says what it
// managed to do. With -DALONE it is a program, which prints the same.
#include <dateline/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char managed[200] = "1.0.0";

static void note(const char *what, int done)
{
    if (done)
        strncat(strncat(managed, " ", 2), what, 20);
}

static int write_file(void)
{
    FILE *file = fopen("made-by-a-plugin", "w");
    if (file)
        fclose(file);
    return file != NULL;
}

static int start_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid(child, NULL, 0);
    return child > 0;
}

static void try_all(void)
{
    char *const arguments[] = {"true", NULL};
    note("write", write_file());
    note("append", fopen("there", "a") != NULL);
    note("remove", rename("there", "elsewhere") == 0);
    note("mkdir", mkdir("folder-of-a-plugin", 0700) == 0);
    note("socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    note("local-socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    note("system", system("exit 0") == 0);
    note("fork", start_process());
    note("environment", getenv("DATELINE_SECRET") != NULL);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
        note("ptrace", 1);
    if (strcmp(managed, "1.0.0") == 0)
        execv("/bin/true", arguments);  // a process that is another ends without a word
}

__attribute__((constructor)) static void at_load(void)
{
    try_all();
}

// ---- what it is loaded for ----

static const dtl_plugin_text done = DTL_PLUGIN_TEXT("all was refused");

static void *open_file(const dtl_plugin_host *host, dtl_plugin_call *call,
                       const dtl_plugin_file *file)
{
    (void)file;
    host->fail(call, 0, 0, done, done);
    return NULL;
}

static int next_record(void *state, dtl_plugin_call *call, dtl_plugin_record *out)
{
    (void)state;
    (void)call;
    (void)out;
    return 0;
}

static void close_file(void *state)
{
    (void)state;
}

static const dtl_plugin_importer importer = {
    .size = sizeof(dtl_plugin_importer),
    .name = DTL_PLUGIN_TEXT("early"),
    .open = open_file,
    .next = next_record,
    .close = close_file,
};

static int render(const dtl_plugin_host *host, dtl_plugin_call *call, const dtl_plugin_node *node)
{
    (void)node;
    return host->write(call, done);
}

static const dtl_plugin_renderer renderer = {
    .size = sizeof(dtl_plugin_renderer),
    .name = DTL_PLUGIN_TEXT("early"),
    .media_type = DTL_PLUGIN_TEXT("text/plain"),
    .render = render,
};

static int call_function(const dtl_plugin_host *host, dtl_plugin_call *call,
                         const dtl_plugin_value *arguments, size_t count, dtl_plugin_value *result)
{
    (void)host;
    (void)call;
    (void)arguments;
    (void)count;
    result->kind = DTL_PLUGIN_VALUE_TEXT;
    result->text = done;
    return 1;
}

static const dtl_plugin_function function = {
    .size = sizeof(dtl_plugin_function),
    .name = DTL_PLUGIN_TEXT("early"),
    .call = call_function,
};

static const dtl_plugin_importer *const importers[] = {&importer, NULL};
static const dtl_plugin_renderer *const renderers[] = {&renderer, NULL};
static const dtl_plugin_function *const functions[] = {&function, NULL};

static dtl_plugin plugin = {
    DTL_PLUGIN_HEAD,        .name = DTL_PLUGIN_TEXT("early"), .importers = importers,
    .renderers = renderers, .functions = functions,
};

DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void);
DTL_PLUGIN_EXPORT const dtl_plugin *dtl_plugin_query(void)
{
    try_all();
    plugin.version.data = managed;
    plugin.version.size = strlen(managed);
    return &plugin;
}

#ifdef ALONE
int main(void)
{
    puts(managed);  // at_load ran before
    return 0;
}
#endif
