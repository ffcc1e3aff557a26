// core/import/sniff.c - which delimiter a CSV file has.
#include "import/internal.h"

enum {
    SAMPLE_LINES = 20,
    SAMPLE_BYTES = 64 * 1024
};

// How often each candidate stands in each sampled line, outside quotes.
typedef struct sample {
    unsigned counts[SAMPLE_LINES][4];
    size_t lines;
} sample;

static const char candidates[] = {',', ';', '\t', '|'};

static void take_line(sample *s, const unsigned counts[4], bool is_blank)
{
    if (is_blank || s->lines == SAMPLE_LINES)
        return;
    memcpy(s->counts[s->lines++], counts, sizeof s->counts[0]);
}

static void take_sample(dtl_str text, sample *s)
{
    unsigned counts[4] = {0};
    bool quoted = false;
    bool is_blank = true;
    size_t end = text.size < SAMPLE_BYTES ? text.size : SAMPLE_BYTES;
    for (size_t at = 0; at < end && s->lines < SAMPLE_LINES; at++) {
        char c = text.data[at];
        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) {
            take_line(s, counts, is_blank);
            memset(counts, 0, sizeof counts);
            is_blank = true;
            continue;
        }
        is_blank = false;
        for (size_t i = 0; i < DTL_COUNT(candidates); i++)
            if (!quoted && c == candidates[i])
                counts[i]++;
    }
    if (end == text.size)
        take_line(s, counts, is_blank);
}

// In every line, and equally often.
static bool is_consistent(const sample *s, size_t candidate)
{
    for (size_t i = 0; i < s->lines; i++)
        if (s->counts[i][candidate] == 0 || s->counts[i][candidate] != s->counts[0][candidate])
            return false;
    return s->lines > 0;
}

char dtl_csv_sniff(dtl_str text, dtl_str extension)
{
    sample s = {.lines = 0};
    if (dtl_word_in(extension, "tsv tab"))
        return '\t';
    take_sample(text, &s);
    for (size_t i = 0; i < DTL_COUNT(candidates); i++)
        if (is_consistent(&s, i))
            return candidates[i];
    return ',';
}
