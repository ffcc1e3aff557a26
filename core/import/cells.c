// core/import/cells.c - records of text into typed rows: what cannot be read is reported, never guessed.
#include "import/cells.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/utf8.h"

enum {
    SHOWN_BYTES = 60,      // of a raw text inside a message
    PLAIN_DIGITS_MAX = 18  // a count this short cannot overflow
};

static bool is_plain(char c)
{
    return c > ' ';  // ASCII, and no white space
}

dtl_str dtl_cell_trim(dtl_str text)
{
    static const dtl_str nbsp = {"\xc2\xa0", 2};
    if (text.size && is_plain(text.data[0]) && is_plain(text.data[text.size - 1]))
        return text;
    text = dtl_str_trim(text);
    while (dtl_str_starts(text, nbsp))
        text = dtl_str_trim(dtl_str_slice(text, 2, text.size));
    while (dtl_str_ends(text, nbsp))
        text = dtl_str_trim(dtl_str_slice(text, 0, text.size - 2));
    return text;
}

static bool refuse(dtl_cells *cells, const dtl_record *record, int field, dtl_error *reason)
{
    dtl_str raw = field == DTL_NO_FIELD ? DTL_STR("") : record->fields[field].text;
    dtl_problem_add(cells->problems, reason, (dtl_place){record->line, field, raw});
    return false;
}

// ---- dates ----

// The date of [text] in the first format that fits. False with [*other] set: a second format gives
// another date, and nothing says which one is meant.
static bool parse_date(const dtl_dataset *dataset, dtl_str text, dtl_date *out, dtl_date *other)
{
    bool found = false;
    *other = DTL_DATE_NONE;
    for (size_t i = 0; i < dataset->date_format_count; i++) {
        dtl_date date;
        if (!dtl_date_parse_format(text, dataset->date_formats[i], &date))
            continue;
        if (found && date != *out) {
            *other = date;
            return false;
        }
        *out = date;
        found = true;
    }
    return found;
}

static dtl_cached_date *cache_place(dtl_cells *cells, dtl_str text)
{
    uint64_t words[DTL_DATE_CACHE_BYTES / sizeof(uint64_t)] = {0};
    memcpy(words, text.data, text.size);
    uint64_t hash = words[0] * 0x9e3779b97f4a7c15u ^ words[1] * 0xc2b2ae3d27d4eb4fu ^ words[2];
    hash ^= hash >> 29;
    return &cells->dates[hash * 0x9e3779b97f4a7c15u >> 52];
}

static bool is_cached(const dtl_cached_date *place, dtl_str text)
{
    return place->size == text.size && memcmp(place->text, text.data, text.size) == 0;
}

static bool cached_date(dtl_cells *cells, dtl_str text, dtl_date *out, dtl_date *other)
{
    if (text.size == 0 || text.size > DTL_DATE_CACHE_BYTES)
        return parse_date(cells->dataset, text, out, other);
    dtl_cached_date *place = cells->recent_date;  // files are sorted, as a rule
    if (!is_cached(place, text)) {
        place = cache_place(cells, text);
        cells->recent_date = place;
    }
    if (!is_cached(place, text)) {
        place->size = 0;
        if (!parse_date(cells->dataset, text, &place->date, other)) {
            *out = place->date;
            return false;
        }
        memcpy(place->text, text.data, text.size);
        place->size = (uint32_t)text.size;
    }
    *out = place->date;
    return true;
}

static void expect_formats(const dtl_dataset *dataset, dtl_error *reason)
{
    dtl_buf list = {0};
    for (size_t i = 0; i < dataset->date_format_count; i++)
        dtl_buf_printf(&list, "%s%.*s", i ? " or " : "", DTL_ARG(dataset->date_formats[i]));
    dtl_error_expected(reason, "a date as %.*s", DTL_ARG(dtl_buf_str(&list)));
    dtl_buf_release(&list);
}

static bool refuse_date(dtl_cells *cells, const dtl_record *record, int field, dtl_date date,
                        dtl_date other)
{
    dtl_error reason = {0};
    dtl_str raw = record->fields[field].text;
    dtl_str shown = dtl_utf8_cut(raw, SHOWN_BYTES);
    if (other != DTL_DATE_NONE) {
        dtl_buf both = {0};
        dtl_date_add(&both, date);
        DTL_BUF_LITERAL(&both, " or ");
        dtl_date_add(&both, other);
        dtl_error_set(&reason, DTL_EDATA, "'%.*s' may be %.*s", DTL_ARG(shown),
                      DTL_ARG(dtl_buf_str(&both)));
        dtl_buf_release(&both);
    } else if (dtl_cell_trim(raw).size == 0) {
        dtl_error_set(&reason, DTL_EDATA, "the date is empty");
    } else {
        dtl_error_set(&reason, DTL_EDATA, "'%.*s' is not a date", DTL_ARG(shown));
    }
    expect_formats(cells->dataset, &reason);
    return refuse(cells, record, field, &reason);
}

static bool read_date(dtl_cells *cells, const dtl_record *record, int field, dtl_date *out)
{
    const dtl_field *cell = &record->fields[field];
    dtl_date other = DTL_DATE_NONE;
    if (!cell->is_null && !cell->is_absent &&
        cached_date(cells, dtl_cell_trim(cell->text), out, &other))
        return true;
    return refuse_date(cells, record, field, *out, other);
}

// An error is large to clear: only a row that is refused makes one.
static bool refuse_weekday(dtl_cells *cells, const dtl_record *record, int weekday)
{
    dtl_error reason = {0};
    dtl_error_set(&reason, DTL_EDATA, "'%.*s' is a %s",
                  DTL_ARG(dtl_utf8_cut(record->fields[cells->period_field].text, SHOWN_BYTES)),
                  dtl_date_weekday_name(weekday));
    dtl_error_expected(&reason, "the last day of a week, a %s",
                       dtl_date_weekday_name(cells->dataset->week_end));
    return refuse(cells, record, cells->period_field, &reason);
}

static bool check_weekday(dtl_cells *cells, const dtl_record *record, dtl_date date)
{
    int weekday = dtl_date_weekday(date);
    return weekday == cells->dataset->week_end || refuse_weekday(cells, record, weekday);
}

static bool refuse_late(dtl_cells *cells, const dtl_record *record)
{
    dtl_error reason = {0};
    dtl_buf release = {0};
    dtl_date_add(&release, cells->latest);
    dtl_str raw = record->fields[cells->period_field].text;
    dtl_error_set(&reason, DTL_EDATA, "'%.*s' lies after the release",
                  DTL_ARG(dtl_utf8_cut(raw, SHOWN_BYTES)));
    dtl_error_expected(&reason, "a date up to %.*s, when the file was published or retrieved",
                       DTL_ARG(dtl_buf_str(&release)));
    dtl_buf_release(&release);
    dtl_problem_add_late(cells->problems, &reason,
                         (dtl_place){record->line, cells->period_field, raw});
    return false;
}

static bool check_late(dtl_cells *cells, const dtl_record *record, dtl_date date)
{
    return date <= cells->latest || refuse_late(cells, record);
}

static bool refuse_slip(dtl_cells *cells, const dtl_record *record, dtl_date date, dtl_date likely)
{
    dtl_error reason = {0};
    dtl_buf texts = {0};
    dtl_date_add(&texts, date);
    size_t border = texts.size;
    dtl_date_add(&texts, likely);
    dtl_str both = dtl_buf_str(&texts);
    dtl_error_set(&reason, DTL_EDATA, "%.*s stands where %.*s would follow the rows above",
                  DTL_ARG(dtl_str_slice(both, 0, border)),
                  DTL_ARG(dtl_str_slice(both, border, both.size)));
    dtl_error_expected(&reason, "%.*s, if the year is a slip",
                       DTL_ARG(dtl_str_slice(both, border, both.size)));
    dtl_buf_release(&texts);
    return refuse(cells, record, cells->period_field, &reason);
}

static bool check_slip(dtl_cells *cells, const dtl_record *record, dtl_date date)
{
    dtl_date likely;
    return dtl_sequence_take(&cells->sequence, date, &likely) ||
           refuse_slip(cells, record, date, likely);
}

// The first day of the period that the row's date stands for.
static bool read_period(dtl_cells *cells, const dtl_record *record)
{
    dtl_date date = DTL_DATE_NONE;
    if (!read_date(cells, record, cells->period_field, &date))
        return false;
    switch (cells->dataset->grain) {
    case DTL_GRAIN_WEEK:
        cells->row.period = date - 6;
        return check_weekday(cells, record, date) && check_late(cells, record, date) &&
               check_slip(cells, record, date);
    case DTL_GRAIN_MONTH:
        date = dtl_date_month_start(date);
        break;
    case DTL_GRAIN_YEAR:
        date = dtl_date_year_start(dtl_date_year(date));
        break;
    default:
        break;
    }
    cells->row.period = date;
    return check_late(cells, record, date) && check_slip(cells, record, date);
}

// ---- counts ----

static bool equal_folded(dtl_str a, dtl_str b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        char x = a.data[i];
        char y = b.data[i];
        x = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
        y = y >= 'A' && y <= 'Z' ? (char)(y - 'A' + 'a') : y;
        if (x != y)
            return false;
    }
    return true;
}

static const dtl_missing_mark *find_mark(const dtl_missing_mark *marks, size_t count, dtl_str text)
{
    for (size_t i = 0; i < count; i++)
        if (equal_folded(marks[i].mark, text))
            return &marks[i];
    return NULL;
}

static const dtl_missing_mark *mark_of(const dtl_cells *cells, const dtl_column *column,
                                       dtl_str text)
{
    const dtl_missing_mark *mark = find_mark(column->missing, column->missing_count, text);
    return mark ? mark : find_mark(cells->dataset->missing, cells->dataset->missing_count, text);
}

// "1,234 [r]": marks that leave a value a value (provisional, revised, estimated, unreliable, break).
static dtl_str without_flag(dtl_str text)
{
    static const char flags[] = "pPrReEuUbB";
    if (text.size < 4 || text.data[text.size - 1] != ']' || text.data[text.size - 3] != '[' ||
        !strchr(flags, text.data[text.size - 2]))
        return text;
    return dtl_cell_trim(dtl_str_slice(text, 0, text.size - 3));
}

static bool parse_plain(dtl_str text, int64_t *out)
{
    int64_t value = 0;
    if (text.size == 0 || text.size > PLAIN_DIGITS_MAX || (text.data[0] == '0' && text.size > 1))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
        if (digit > 9)
            return false;
        value = value * 10 + (int64_t)digit;
    }
    *out = value;
    return true;
}

static void add_marks(const dtl_missing_mark *marks, size_t count, dtl_buf *out)
{
    for (size_t i = 0; i < count; i++)
        if (marks[i].mark.size)
            dtl_buf_printf(out, ", or '%.*s' (%.*s)", DTL_ARG(marks[i].mark),
                           DTL_ARG(marks[i].reason));
}

static bool refuse_count(dtl_cells *cells, const dtl_record *record, const dtl_cell_column *cell,
                         const char *why)
{
    dtl_error reason = {0};
    const dtl_field *field = &record->fields[cell->field];
    dtl_buf expected = {0};
    if (field->is_absent)
        dtl_error_set(&reason, DTL_EDATA, "the item has no such key");
    else if (field->is_null)
        dtl_error_set(&reason, DTL_EDATA, "null, and nothing says what that means here");
    else if (dtl_cell_trim(field->text).size == 0)
        dtl_error_set(&reason, DTL_EDATA, "an empty cell, and nothing says what that means here");
    else
        dtl_error_set(&reason, DTL_EDATA, "'%.*s' is not a count",
                      DTL_ARG(dtl_utf8_cut(field->text, SHOWN_BYTES)));
    dtl_buf_add_str(&expected, dtl_str_from(why));
    add_marks(cell->column->missing, cell->column->missing_count, &expected);
    add_marks(cells->dataset->missing, cells->dataset->missing_count, &expected);
    dtl_error_expected(&reason, "%.*s", DTL_ARG(dtl_buf_str(&expected)));
    dtl_buf_release(&expected);
    return refuse(cells, record, cell->field, &reason);
}

static bool refuse_negative(dtl_cells *cells, const dtl_record *record, const dtl_cell_column *cell)
{
    dtl_error reason = {0};
    dtl_error_set(&reason, DTL_EDATA, "'%.*s' is negative",
                  DTL_ARG(dtl_utf8_cut(record->fields[cell->field].text, SHOWN_BYTES)));
    dtl_error_expected(&reason, "a whole number, zero or more");
    return refuse(cells, record, cell->field, &reason);
}

static bool read_odd_count(dtl_cells *cells, const dtl_record *record, const dtl_cell_column *cell,
                           dtl_value *out)
{
    const dtl_field *field = &record->fields[cell->field];
    dtl_str text = field->is_null || field->is_absent ? DTL_STR("") : dtl_cell_trim(field->text);
    const char *why = "a whole number";
    const dtl_missing_mark *mark = field->is_absent ? NULL : mark_of(cells, cell->column, text);
    *out = (dtl_value){.measure = cell->column};
    if (mark) {
        out->missing = mark->reason;
        out->raw = field->text;
        return true;
    }
    if (!dtl_count_parse(without_flag(text), &out->value, &why))
        return refuse_count(cells, record, cell, why);
    if (out->value < 0 && !cell->column->may_be_negative)
        return refuse_negative(cells, record, cell);
    out->has_value = true;
    out->raw = field->text;
    return true;
}

// Whether a mark for missing could look like a plain number.
static bool has_number_mark(const dtl_missing_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (marks[i].mark.size && marks[i].mark.data[0] >= '0' && marks[i].mark.data[0] <= '9')
            return true;
    return false;
}

static bool read_count(dtl_cells *cells, const dtl_record *record, const dtl_cell_column *cell,
                       dtl_value *out)
{
    int64_t value;
    if (!cell->marks_are_numbers && parse_plain(record->fields[cell->field].text, &value)) {
        *out = (dtl_value){.measure = cell->column, .has_value = true, .value = value};
        return true;
    }
    return read_odd_count(cells, record, cell, out);
}

static bool read_counts(dtl_cells *cells, const dtl_record *record)
{
    bool ok = true;
    size_t count = 0;
    for (size_t i = 0; i < cells->measure_count; i++) {
        const dtl_cell_column *cell = &cells->measures[i];
        if (record->fields[cell->field].is_absent && cell->column->optional)
            continue;
        ok = read_count(cells, record, cell, &cells->values[count++]) && ok;
    }
    cells->row.value_count = count;
    return ok;
}

// ---- rows ----

static bool refuse_width(dtl_cells *cells, const dtl_record *record)
{
    dtl_error reason = {0};
    dtl_error_set(&reason, DTL_EDATA, "the row has %zu fields, the header has %zu", record->count,
                  cells->table->field_count);
    return refuse(cells, record, DTL_NO_FIELD, &reason);
}

static bool check_width(dtl_cells *cells, const dtl_record *record)
{
    return record->count == cells->table->field_count || refuse_width(cells, record);
}

static dtl_str text_of(const dtl_record *record, int field)
{
    if (field == DTL_NO_FIELD || record->fields[field].is_null || record->fields[field].is_absent)
        return DTL_STR("");
    return dtl_cell_trim(record->fields[field].text);
}

bool dtl_cells_read(dtl_cells *cells, const dtl_record *record)
{
    if (!check_width(cells, record))
        return false;
    dtl_row *row = &cells->row;
    row->line = record->line;
    for (size_t i = 0; i < cells->dimension_count; i++)
        cells->filters[i].value = text_of(record, cells->dimensions[i].field);
    row->attribution = text_of(record, cells->attribution_field);
    bool dated = read_period(cells, record);
    return read_counts(cells, record) && dated;
}

static int field_of(const dtl_table *table, dtl_role role)
{
    const dtl_column *column = dtl_dataset_column(table->dataset, role, DTL_STR(""));
    return column ? table->fields[column - table->dataset->columns] : DTL_NO_FIELD;
}

bool dtl_cells_read_event(dtl_cells *cells, const dtl_record *record)
{
    dtl_error reason = {0};
    if (!check_width(cells, record))
        return false;
    int key = field_of(cells->table, DTL_ROLE_KEY);
    int to = field_of(cells->table, DTL_ROLE_TO);
    dtl_event *event = &cells->event;
    *event = (dtl_event){.name = text_of(record, key),
                         .label = text_of(record, field_of(cells->table, DTL_ROLE_LABEL)),
                         .to = DTL_DATE_NONE};
    if (event->name.size == 0) {
        dtl_error_set(&reason, DTL_EDATA, "the event has no name");
        return refuse(cells, record, key, &reason);
    }
    if (!read_date(cells, record, field_of(cells->table, DTL_ROLE_FROM), &event->from) ||
        (text_of(record, to).size && !read_date(cells, record, to, &event->to)))
        return false;
    if (event->to == DTL_DATE_NONE || event->to >= event->from)
        return true;
    dtl_error_set(&reason, DTL_EDATA, "the event ends before it begins");
    return refuse(cells, record, to, &reason);
}

void dtl_cells_init(dtl_cells *cells, const dtl_table *table, dtl_problems *problems,
                    dtl_date latest)
{
    const dtl_dataset *dataset = table->dataset;
    *cells = (dtl_cells){.table = table,
                         .dataset = dataset,
                         .problems = problems,
                         .latest = latest,
                         .period_field = field_of(table, DTL_ROLE_PERIOD),
                         .attribution_field = field_of(table, DTL_ROLE_ATTRIBUTION)};
    bool shared = has_number_mark(dataset->missing, dataset->missing_count);
    for (size_t i = 0; i < dataset->column_count; i++) {
        const dtl_column *column = &dataset->columns[i];
        dtl_cell_column cell = {column, table->fields[i],
                                shared || has_number_mark(column->missing, column->missing_count)};
        if (column->role == DTL_ROLE_MEASURE && cell.field != DTL_NO_FIELD)
            cells->measures[cells->measure_count++] = cell;
        if (column->role == DTL_ROLE_DIMENSION) {
            cells->filters[cells->dimension_count].dimension = column->name;
            cells->dimensions[cells->dimension_count++] = cell;
        }
    }
    bool follow = cells->dimension_count == 0 && !dataset->fold;
    if (follow && dataset->grain == DTL_GRAIN_DAY)
        cells->sequence.step = 1;
    if (follow && dataset->grain == DTL_GRAIN_WEEK)
        cells->sequence.step = 7;
    cells->dates = dtl_alloc(DTL_DATE_CACHE * sizeof *cells->dates);
    cells->recent_date = cells->dates;
    cells->row.values = cells->values;
    cells->row.dimensions = cells->filters;
    cells->row.dimension_count = cells->dimension_count;
}

void dtl_cells_release(dtl_cells *cells)
{
    free(cells->dates);
    cells->dates = NULL;
}
