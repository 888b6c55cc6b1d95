#include <zlib.h>

// deflateInit2 is a macro that Swift does not import. 31 is the largest window, with a gzip header and trailer (zlib.h).
static inline int galleria_deflate_init_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
}

// inflateInit2 is one, too. 31: a gzip header and trailer, and nothing else.
static inline int galleria_inflate_init_gzip(z_stream *stream) {
    return inflateInit2(stream, 31);
}
