// core/render/width.h - how many columns of a terminal a text takes. No locale: a table of our own.
#ifndef DTL_RENDER_WIDTH_H
#define DTL_RENDER_WIDTH_H

#include "base/str.h"

// Letters take one, combining marks and other invisible characters none, East Asian wide characters
// and most emoji two.
size_t dtl_text_width(dtl_str text);

#endif
