// core/store/image.h - the bundled figures: a whole SQLite database, made by the build, never changed.
#ifndef DTL_STORE_IMAGE_H
#define DTL_STORE_IMAGE_H

#include <stddef.h>

extern const unsigned char dtl_image_bytes[];
extern const size_t dtl_image_size;

#endif
