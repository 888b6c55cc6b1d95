#include <dlfcn.h>
#include <pthread.h>
#include <vips/vips.h>

// libvips brings dozens of libraries with it, which a run that renders nothing shall not load: its functions are looked up when the first picture
// is opened. The headers still check every call, because each pointer has the type of the function it stands for.

#define GALLERIA_VIPS_FUNCTIONS(X)                                                                                                           \
    X(vips_init) X(vips_version) X(vips_version_string) X(vips_concurrency_set) X(vips_cache_set_max) X(vips_operation_block_set)            \
    X(vips_error_buffer_copy) X(vips_error_clear) X(vips_thread_shutdown) X(vips_type_find) X(vips_foreign_find_load_buffer)                 \
    X(vips_image_new_from_buffer) X(vips_image_get_width) X(vips_image_get_height) X(vips_image_get_bands) X(vips_image_get_format)          \
    X(vips_image_get_interpretation) X(vips_image_get_n_pages) X(vips_image_get_page_height) X(vips_image_get_orientation)                   \
    X(vips_image_hasalpha) X(vips_image_get_typeof) X(vips_image_get_string) X(vips_image_get_blob) X(vips_image_get_int)                    \
    X(vips_image_get_fields) X(vips_image_remove) X(vips_image_set_string) X(vips_image_set_blob_copy) X(vips_thumbnail_buffer) X(vips_avg) X(vips_copy) X(vips_flatten)    \
    X(vips_icc_transform) X(vips_thumbnail_image) X(vips_array_double_new) X(vips_area_unref)                                                                                              \
    X(vips_jpegsave_buffer) X(vips_pngsave_buffer) X(vips_webpsave_buffer) X(vips_heifsave_buffer) X(g_strfreev) X(g_free)                   \
    X(g_object_unref) X(g_log_set_handler)

typedef struct {
#define GALLERIA_MEMBER(name) __typeof__(name) *name;
    GALLERIA_VIPS_FUNCTIONS(GALLERIA_MEMBER)
#undef GALLERIA_MEMBER
} GalleriaVips;

/// Looks all functions up. NULL when they are there, else what is missing, in dlerror(3)'s words, which the next call of it voids.
static inline const char *galleria_vips_find(GalleriaVips *vips) {
    void *library = dlopen("libvips.so.42", RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    // A handle finds what the library depends on, too: GLib's functions.
#define GALLERIA_FIND(name)                                                                                                                  \
    vips->name = (__typeof__(name) *)dlsym(library, #name);                                                                                  \
    if (!vips->name) return dlerror();
    GALLERIA_VIPS_FUNCTIONS(GALLERIA_FIND)
#undef GALLERIA_FIND
    return NULL;
}

// Swift cannot call variadic functions: one wrapper for each use.

/// Opens a picture for reading from top to bottom. `options` is libvips's string of options, such as "[n=-1]".
static inline VipsImage *galleria_vips_open(
    const GalleriaVips *vips, const void *bytes, size_t count, const char *options, VipsFailOn failOn) {
    return vips->vips_image_new_from_buffer(
        bytes, count, options, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", failOn, NULL);
}

/// Opens a picture upright, in sRGB (or grey), no larger than needed for the box. What to fail on stands in the loader's options, because
/// vips_thumbnail_buffer forgets its own argument "fail_on" (https://github.com/libvips/libvips/issues/5195).
/// A picture with a profile is converted to sRGB by it. One without is taken for sRGB as it is: with "export_profile" libvips would send it through XYZ of
/// another white.
static inline VipsImage *galleria_vips_thumbnail(
    const GalleriaVips *vips, const void *bytes, size_t count, const char *options, int width, int height, VipsSize size,
    VipsInteresting crop, int hasProfile) {
    VipsImage *image = NULL;
    int fault = hasProfile ? vips->vips_thumbnail_buffer(
                                 (void *)bytes, count, &image, width, "height", height, "size", size, "crop", crop, "option_string", options,
                                 "export_profile", "srgb", "intent", VIPS_INTENT_RELATIVE, NULL)
                           : vips->vips_thumbnail_buffer(
                                 (void *)bytes, count, &image, width, "height", height, "size", size, "crop", crop, "option_string", options,
                                 NULL);
    return fault ? NULL : image;
}

/// Converts to sRGB by the embedded profile, all pixels of it.
static inline VipsImage *galleria_vips_to_srgb(const GalleriaVips *vips, VipsImage *in) {
    VipsImage *out = NULL;
    int fault = vips->vips_icc_transform(in, &out, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_RELATIVE, NULL);
    return fault ? NULL : out;
}

/// The same as `galleria_vips_thumbnail` of a picture that is open.
static inline VipsImage *galleria_vips_thumbnail_image(
    const GalleriaVips *vips, VipsImage *in, int width, int height, VipsSize size, VipsInteresting crop) {
    VipsImage *out = NULL;
    return vips->vips_thumbnail_image(in, &out, width, "height", height, "size", size, "crop", crop, NULL) ? NULL : out;
}

static inline VipsImage *galleria_vips_copy(const GalleriaVips *vips, VipsImage *in) {
    VipsImage *out = NULL;
    return vips->vips_copy(in, &out, NULL) ? NULL : out;
}

/// Lays a picture with alpha over a background of three values of 0 to 255.
static inline VipsImage *galleria_vips_flatten(const GalleriaVips *vips, VipsImage *in, double red, double green, double blue) {
    double values[] = {red, green, blue};
    // A grey picture takes one value; libvips also takes one for all bands.
    VipsArrayDouble *background = vips->vips_array_double_new(values, vips->vips_image_get_bands(in) < 3 ? 1 : 3);
    VipsImage *out = NULL;
    int fault = vips->vips_flatten(in, &out, "background", background, NULL);
    vips->vips_area_unref((VipsArea *)background);
    return fault ? NULL : out;
}

static inline void galleria_vips_set_text(const GalleriaVips *vips, VipsImage *image, const char *name, const char *text) {
    vips->vips_image_set_string(image, name, text);
}

/// Gives the image an Exif block of no fields (Exif 2.32 §4.5.2), without which PNG's writer takes none up.
static inline void galleria_vips_set_empty_exif(const GalleriaVips *vips, VipsImage *image) {
    static const char block[] = "Exif\0\0II*\0\b\0\0\0\0\0\0\0\0";
    vips->vips_image_set_blob_copy(image, "exif-data", block, sizeof block);
}

/// Reads every pixel.
static inline int galleria_vips_read_all(const GalleriaVips *vips, VipsImage *in) {
    double average;
    return vips->vips_avg(in, &average, NULL);
}

static inline int galleria_vips_save_jpeg(
    const GalleriaVips *vips, VipsImage *in, void **bytes, size_t *count, int quality, int strip) {
    return vips->vips_jpegsave_buffer(in, bytes, count, "Q", quality, "strip", strip, "optimize_coding", TRUE, NULL);
}

static inline int galleria_vips_save_png(const GalleriaVips *vips, VipsImage *in, void **bytes, size_t *count, int strip) {
    return vips->vips_pngsave_buffer(in, bytes, count, "strip", strip, NULL);
}

static inline int galleria_vips_save_webp(
    const GalleriaVips *vips, VipsImage *in, void **bytes, size_t *count, int quality, int strip) {
    return vips->vips_webpsave_buffer(in, bytes, count, "Q", quality, "strip", strip, NULL);
}

static inline int galleria_vips_save_avif(
    const GalleriaVips *vips, VipsImage *in, void **bytes, size_t *count, int quality, int strip) {
    return vips->vips_heifsave_buffer(
        in, bytes, count, "Q", quality, "strip", strip, "compression", VIPS_FOREIGN_HEIF_COMPRESSION_AV1, NULL);
}

static inline void galleria_vips_release(const GalleriaVips *vips, VipsImage *image) { vips->g_object_unref(image); }

/// libvips writes warnings to standard error unless told otherwise; what goes wrong with a picture is read from its buffer of errors.
static inline void galleria_vips_no_log(const char *domain, GLogLevelFlags level, const char *text, void *nothing) {}

static inline void galleria_vips_be_silent(const GalleriaVips *vips) {
    vips->g_log_set_handler("VIPS", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION, galleria_vips_no_log, NULL);
}
