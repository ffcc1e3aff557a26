// core/store/image.c - the bundled figures, taken in by the assembler: a C array of them would take
// the compiler longer than all other files together. DTL_IMAGE_FILE comes from the build.
#include "store/image.h"

#if __SIZEOF_SIZE_T__ == 8
#define WORD ".quad"
#else
#define WORD ".long"
#endif

#define CONSTANT(name)                                                                             \
    ".balign 16\n"                                                                                 \
    ".globl " name "\n"                                                                            \
    ".hidden " name "\n"                                                                           \
    ".type " name ", %object\n" name ":\n"

// clang-format off
__asm__(
    ".pushsection .rodata\n"
    CONSTANT("dtl_image_bytes")
    ".incbin \"" DTL_IMAGE_FILE "\"\n"
    "dtl_image_end:\n"
    ".size dtl_image_bytes, dtl_image_end - dtl_image_bytes\n"
    CONSTANT("dtl_image_size")
    WORD " dtl_image_end - dtl_image_bytes\n"
    ".size dtl_image_size, . - dtl_image_size\n"
    ".popsection\n");
// clang-format on
