#include "build.h"

const char *galleria_build_commit(void) { return GALLERIA_COMMIT; }

const char *galleria_build_libexif(void) { return GALLERIA_LIBEXIF; }
