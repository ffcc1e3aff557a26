// core/app/line_editor.c - lines typed by a person. libedit's completion has no context argument, so
// the one editor of the process is remembered here.
#include "app/line_editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <editline/readline.h>

enum {
    HISTORY_LINES = 1000
};

struct dtl_line_editor {
    bool terminal;
    dtl_buf words;
    dtl_buf history;  // the file's path, or empty
    size_t next;      // where the completion under way goes on in [words]
};

static dtl_line_editor *current;

// Makes the folders of [path], its last name left out; those that are there already stay.
static void make_folders(dtl_buf *path)
{
    for (size_t i = 1; i < path->size; i++) {
        if (path->data[i] != '/')
            continue;
        path->data[i] = '\0';
        if (mkdir(path->data, 0700) != 0 && access(path->data, X_OK) != 0)
            dtl_buf_clear(path);  // no history is better than no prompt
        else
            path->data[i] = '/';
    }
}

static void find_history(dtl_buf *path)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state && state[0] == '/')
        dtl_buf_printf(path, "%s/dateline/history", state);
    else if (home && home[0] == '/')
        dtl_buf_printf(path, "%s/.local/state/dateline/history", home);
    make_folders(path);
}

// Called by libedit with state 0 first, then until it gives NULL.
static char *next_word(const char *start, int state)
{
    if (state == 0)
        current->next = 0;
    dtl_str prefix = dtl_str_from(start);
    // Behind a colon any question may follow, whatever stands before it.
    const char *colon = strrchr(start, ':');
    size_t kept = colon ? (size_t)(colon - start) : 0;
    dtl_str wanted = dtl_str_slice(prefix, kept, prefix.size);
    dtl_str words = dtl_buf_str(&current->words);
    while (current->next < words.size) {
        dtl_str rest = dtl_str_slice(words, current->next, words.size);
        dtl_str word = dtl_str_slice(rest, 0, dtl_str_find(rest, DTL_STR("\n")));
        current->next += word.size + 1;
        if (!dtl_str_starts(word, wanted))
            continue;
        char *found = dtl_alloc(kept + word.size + 1);
        memcpy(found, start, kept);
        memcpy(found + kept, word.data, word.size);
        return found;  // libedit frees it
    }
    return NULL;
}

static char **complete(const char *text, int from, int to)
{
    (void)from;
    (void)to;
    return rl_completion_matches(text, next_word);
}

dtl_line_editor *dtl_line_editor_new(void)
{
    dtl_line_editor *editor = dtl_alloc(sizeof *editor);
    editor->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    current = editor;
    if (!editor->terminal)
        return editor;
    static char breaks[] = " \t\n\"'`(){}[],;=+-*/%<>~#&|^";
    rl_readline_name = "dateline";
    rl_completer_word_break_characters = breaks;
    rl_attempted_completion_function = complete;
    using_history();
    find_history(&editor->history);
    if (editor->history.size)
        read_history(editor->history.data);
    stifle_history(HISTORY_LINES);
    return editor;
}

void dtl_line_editor_free(dtl_line_editor *editor)
{
    if (!editor)
        return;
    if (editor->history.size)
        write_history(editor->history.data);
    dtl_buf_release(&editor->history);
    dtl_buf_release(&editor->words);
    current = NULL;
    free(editor);
}

bool dtl_line_editor_is_terminal(const dtl_line_editor *editor)
{
    return editor->terminal;
}

void dtl_line_editor_set_words(dtl_line_editor *editor, dtl_str words)
{
    dtl_buf_clear(&editor->words);
    dtl_buf_add_str(&editor->words, words);
}

static bool read_plain(dtl_buf *out)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size = getline(&line, &capacity, stdin);
    if (size > 0 && line[size - 1] == '\n')
        size--;
    if (size >= 0)
        dtl_buf_add(out, line, (size_t)size);
    free(line);
    return size >= 0;
}

bool dtl_line_editor_read(dtl_line_editor *editor, const char *prompt, dtl_buf *out)
{
    if (!editor->terminal)
        return read_plain(out);
    char *line = readline(prompt);
    if (!line)
        return false;
    if (*line)
        add_history(line);
    dtl_buf_add_str(out, dtl_str_from(line));
    free(line);
    return true;
}
