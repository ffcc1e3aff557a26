// core/render/width.c - how many columns of a terminal a text takes.
#include "render/width.h"

#include "base/utf8.h"

// What does not take one column, in ascending order. Approximate where scripts are intricate.
static const struct {
    uint32_t from, to;
    unsigned char width;
} ranges[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x0610, 0x061A, 0},
    {0x064B, 0x065F, 0},   {0x0670, 0x0670, 0},   {0x06D6, 0x06DC, 0},   {0x0E31, 0x0E31, 0},
    {0x0E34, 0x0E3A, 0},   {0x0E47, 0x0E4E, 0},   {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},
    {0x1DC0, 0x1DFF, 0},   {0x200B, 0x200F, 0},   {0x2060, 0x2064, 0},   {0x20D0, 0x20FF, 0},
    {0x2E80, 0x303E, 2},   {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},   {0x4E00, 0x9FFF, 2},
    {0xA000, 0xA4CF, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},
    {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x1F300, 0x1F3FA, 2}, {0x1F3FB, 0x1F3FF, 0}, {0x1F400, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2},
    {0x1F900, 0x1F9FF, 2}, {0x1FA70, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0000, 0xE01EF, 0},
};

static unsigned width_of(uint32_t character)
{
    size_t low = 0;
    size_t high = DTL_COUNT(ranges);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (character > ranges[middle].to)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_in = low < DTL_COUNT(ranges) && character >= ranges[low].from;
    return is_in ? ranges[low].width : 1;
}

size_t dtl_text_width(dtl_str text)
{
    size_t width = 0;
    bool valid;
    for (size_t at = 0; at < text.size;) {
        if (text.data[at] & 0x80) {
            width += width_of(dtl_utf8_next(text, &at, &valid));
        } else {
            width++;
            at++;
        }
    }
    return width;
}
