// tests/bench/table_html.c - times a table of 100,000 rows by five columns to HTML, once; with the
// word "all", also to each other format, and one bulletin, the best of many times.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/render.h"
#include "support/doc.h"

enum {
    ROWS = 100000,
    ROUNDS = 9,
    BULLETINS = 2000,
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// One error for all: an empty one is two kilobytes to clear.
static dtl_error err;

static dtl_node *add(dtl_node *parent, dtl_node_kind kind, const char *text)
{
    dtl_node *node = NULL;
    if (!dtl_node_append(parent, kind, dtl_str_from(text), &node, &err))
        exit(EXIT_FAILURE);
    return node;
}

static void add_cell(dtl_node *row, dtl_align align, const char *text)
{
    dtl_node *cell = add(row, DTL_NODE_CELL, "");
    dtl_node_set_align(cell, align);
    add(cell, DTL_NODE_TEXT, text);
}

static dtl_doc *make_table(void)
{
    char date[16], count[16], boats[16];
    dtl_doc *doc = dtl_doc_new();
    dtl_node *table = add(dtl_doc_root(doc), DTL_NODE_TABLE, "Arrivals");
    for (int i = 0; i < ROWS; i++) {
        snprintf(date, sizeof date, "2024-01-%02d", i % 28 + 1);
        snprintf(count, sizeof count, "%d", i);
        snprintf(boats, sizeof boats, "%d", i * 7 % 91);
        dtl_node *row = add(table, DTL_NODE_ROW, "");
        add_cell(row, DTL_ALIGN_START, date);
        add_cell(row, DTL_ALIGN_START, "FR");
        add_cell(row, DTL_ALIGN_START, "Dover & Deal");
        add_cell(row, DTL_ALIGN_END, count);
        add_cell(row, DTL_ALIGN_END, boats);
    }
    return doc;
}

// The least of some times: what it takes when nothing else runs.
static double time_render(const dtl_renderer *renderer, const dtl_doc *doc, int rounds,
                          size_t *size)
{
    double least = 0;
    for (int i = 0; i < rounds; i++) {
        dtl_buf out = {0};
        dtl_render_options options = {0};
        double start = now_ms();
        if (!renderer->render(doc, &options, &out, &err))
            return -1;
        double took = now_ms() - start;
        least = i == 0 || took < least ? took : least;
        *size = out.size;
        dtl_buf_release(&out);
    }
    return least;
}

// Every format, many times over; gives nothing but what it prints.
static void time_all(const dtl_doc *table)
{
    dtl_doc *bulletin = test_bulletin();
    for (size_t i = 0; i < dtl_renderer_count(); i++) {
        const dtl_renderer *renderer = dtl_renderer_at(i);
        size_t table_size = 0;
        size_t bulletin_size = 0;
        double table_ms = time_render(renderer, table, ROUNDS, &table_size);
        double bulletin_ms = time_render(renderer, bulletin, BULLETINS, &bulletin_size);
        printf("%-8s table %7.1f ms (%.1f MB)   bulletin %6.1f us (%zu bytes)\n", renderer->name,
               table_ms, (double)table_size / 1e6, bulletin_ms * 1e3, bulletin_size);
    }
    dtl_doc_free(bulletin);
}

int main(int argc, char **argv)
{
    size_t size = 0;
    double start = now_ms();
    dtl_doc *table = make_table();
    double built = now_ms();
    double rendered = time_render(&dtl_renderer_html, table, 1, &size);
    printf("table_s %.4f (built in %.1f ms before)\n", rendered / 1e3, built - start);
    if (argc > 1 && strcmp(argv[1], "all") == 0)
        time_all(table);
    dtl_doc_free(table);
    return 0;
}
