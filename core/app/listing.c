// core/app/listing.c - rows of a listing as a table for people or as JSON for programs.
#include "app/listing.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/number.h"
#include "base/utf8.h"

enum {
    DAYS_A_WEEK = 7
};

void dtl_listing_init(dtl_listing *listing, const dtl_listing_column *columns, size_t count,
                      dtl_arena *arena)
{
    assert(count > 0 && count <= DTL_LISTING_COLUMNS_MAX);
    *listing = (dtl_listing){.columns = columns, .column_count = count, .arena = arena};
}

void dtl_listing_release(dtl_listing *listing)
{
    free(listing->cells);
    listing->cells = NULL;
    listing->cell_count = listing->capacity = 0;
}

void dtl_listing_add(dtl_listing *listing, dtl_str text)
{
    if (listing->cell_count == listing->capacity) {
        listing->capacity = listing->capacity ? listing->capacity * 2 : 64;
        listing->cells =
            dtl_realloc_array(listing->cells, listing->capacity, sizeof *listing->cells);
    }
    listing->cells[listing->cell_count++] = dtl_arena_str(listing->arena, text);
}

void dtl_listing_add_int(dtl_listing *listing, int64_t value)
{
    dtl_listing_add(listing, dtl_arena_printf(listing->arena, "%" PRId64, value));
}

void dtl_listing_add_flag(dtl_listing *listing, bool value)
{
    dtl_listing_add(listing, value ? DTL_STR("yes") : DTL_STR(""));
}

void dtl_listing_add_date(dtl_listing *listing, dtl_date date)
{
    dtl_buf text = {0};
    if (date != DTL_DATE_NONE)
        dtl_date_add(&text, date);
    dtl_listing_add(listing, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

void dtl_listing_add_period_end(dtl_listing *listing, dtl_grain grain, dtl_date start)
{
    dtl_date end = start;
    if (start != DTL_DATE_NONE && grain == DTL_GRAIN_WEEK)
        end = start + DAYS_A_WEEK - 1;
    else if (start != DTL_DATE_NONE && grain == DTL_GRAIN_MONTH)
        end = dtl_date_month_end(start);
    else if (start != DTL_DATE_NONE && grain == DTL_GRAIN_YEAR)
        end = dtl_date_year_end(dtl_date_year(start));
    dtl_listing_add_date(listing, end);
}

void dtl_listing_add_moment(dtl_listing *listing, dtl_moment moment)
{
    dtl_buf text = {0};
    dtl_moment_add(&text, moment);
    dtl_listing_add(listing, dtl_buf_str(&text));
    dtl_buf_release(&text);
}

static size_t row_count(const dtl_listing *listing)
{
    assert(listing->cell_count % listing->column_count == 0);
    return listing->cell_count / listing->column_count;
}

static dtl_str cell_at(const dtl_listing *listing, size_t row, size_t column)
{
    return listing->cells[row * listing->column_count + column];
}

static void add_cell(dtl_buf *out, dtl_listing_kind kind, dtl_str cell)
{
    int64_t number;
    if (kind == DTL_LISTING_INTEGER && dtl_str_to_int64(cell, &number)) {
        bool fits =
            dtl_number_add(out, dtl_rational_from(number), (dtl_number_format){.group = true});
        assert(fits);
        (void)fits;
        return;
    }
    dtl_utf8_add_visible(out, cell, false);
}

static void add_spaces(dtl_buf *out, size_t count)
{
    while (count-- > 0)
        dtl_buf_add_char(out, ' ');
}

// One line; spaces that would stand at its end are left out.
static void add_line(const dtl_listing *listing, const size_t *widths, const dtl_str *cells,
                     dtl_buf *out)
{
    size_t owed = 0;
    for (size_t c = 0; c < listing->column_count; c++) {
        if (!listing->columns[c].title)
            continue;
        size_t pad = widths[c] - dtl_utf8_count(cells[c]);
        bool right = listing->columns[c].kind == DTL_LISTING_INTEGER;
        if (cells[c].size) {
            add_spaces(out, owed + (right ? pad : 0));
            dtl_buf_add_str(out, cells[c]);
            owed = right ? 0 : pad;
        } else {
            owed += pad;
        }
        owed += 2;
    }
    dtl_buf_add_char(out, '\n');
}

void dtl_listing_print(const dtl_listing *listing, dtl_buf *out)
{
    size_t rows = row_count(listing);
    size_t columns = listing->column_count;
    size_t widths[DTL_LISTING_COLUMNS_MAX] = {0};
    if (rows == 0)
        return;
    dtl_buf text = {0};
    dtl_str *shown = dtl_realloc_array(NULL, (rows + 1) * columns, sizeof *shown);
    for (size_t i = 0; i < (rows + 1) * columns; i++) {  // the first row is the header
        size_t column = i % columns;
        dtl_buf_clear(&text);
        if (i < columns)
            dtl_buf_add_str(&text, dtl_str_from(listing->columns[column].title));
        else
            add_cell(&text, listing->columns[column].kind, listing->cells[i - columns]);
        shown[i] = dtl_arena_str(listing->arena, dtl_buf_str(&text));
        size_t width = dtl_utf8_count(shown[i]);
        if (width > widths[column])
            widths[column] = width;
    }
    for (size_t row = 0; row <= rows; row++)
        add_line(listing, widths, shown + row * columns, out);
    free(shown);
    dtl_buf_release(&text);
}

static void put_list(dtl_json *json, dtl_str words)
{
    dtl_json_begin_array(json);
    while (words.size) {
        size_t end = dtl_str_find(words, DTL_STR(" "));
        dtl_json_string(json, dtl_str_slice(words, 0, end));
        words = end == SIZE_MAX ? DTL_STR("") : dtl_str_slice(words, end + 1, words.size);
    }
    dtl_json_end_array(json);
}

static void put_cell(dtl_json *json, dtl_listing_kind kind, dtl_str cell)
{
    if (kind == DTL_LISTING_LIST)
        put_list(json, cell);
    else if (kind == DTL_LISTING_FLAG)
        dtl_json_bool(json, cell.size > 0);
    else if (cell.size == 0)
        dtl_json_null(json);
    else if (kind == DTL_LISTING_INTEGER)
        dtl_json_number(json, cell);
    else
        dtl_json_string(json, cell);
}

void dtl_listing_print_json(const dtl_listing *listing, dtl_buf *out)
{
    size_t rows = row_count(listing);
    DTL_BUF_LITERAL(out, "[");
    for (size_t row = 0; row < rows; row++) {
        dtl_json json;
        dtl_buf_add_str(out, row ? DTL_STR(",\n") : DTL_STR("\n"));
        dtl_json_init(&json, out);
        dtl_json_begin_object(&json);
        for (size_t c = 0; c < listing->column_count; c++) {
            dtl_json_key(&json, dtl_str_from(listing->columns[c].key));
            put_cell(&json, listing->columns[c].kind, cell_at(listing, row, c));
        }
        dtl_json_end_object(&json);
    }
    dtl_buf_add_str(out, rows ? DTL_STR("\n]\n") : DTL_STR("]\n"));
}

bool dtl_listing_show(const dtl_listing *listing, bool json, dtl_output *output, dtl_error *err)
{
    dtl_buf text = {0};
    if (json)
        dtl_listing_print_json(listing, &text);
    else
        dtl_listing_print(listing, &text);
    bool ok = dtl_output_write(output, dtl_buf_str(&text), err);
    dtl_buf_release(&text);
    return ok;
}
