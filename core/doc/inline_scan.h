// core/doc/inline_scan.h - a template cut into pieces, its marks paired. For core/doc alone.
#ifndef DTL_DOC_INLINE_SCAN_H
#define DTL_DOC_INLINE_SCAN_H

#include "base/str.h"

typedef enum dtl_piece_kind {
    DTL_PIECE_TEXT,   // [text] as it stands
    DTL_PIECE_SLOT,   // [text] is the slot's number
    DTL_PIECE_CODE,   // [text] is what stands between the backticks
    DTL_PIECE_BREAK,  // a backslash at the end of a line
    DTL_PIECE_STRONG,
    DTL_PIECE_EMPHASIS,
    DTL_PIECE_LINK,  // opening: [text] is the address
} dtl_piece_kind;

typedef struct dtl_piece {
    dtl_piece_kind kind;
    bool closing;  // STRONG, EMPHASIS, LINK: the second of a pair
    dtl_str text;
} dtl_piece;

typedef struct dtl_pieces {
    dtl_piece *items;
    size_t count;
    size_t capacity;
} dtl_pieces;

// Marks in [out] are paired and nested; one without a partner is TEXT. Time is linear in the size.
void dtl_inline_scan(dtl_str markup, dtl_pieces *out);
void dtl_pieces_release(dtl_pieces *pieces);

#define DTL_SLOT_BEGIN '\x01'
#define DTL_SLOT_END '\x02'

#endif
