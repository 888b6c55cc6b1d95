/// The commit that the program was built from, as `git describe` names it; empty where the build was not told.
const char *galleria_build_commit(void);

/// The version of libexif that the program was built against, which the library itself cannot tell; empty where the build was not told.
const char *galleria_build_libexif(void);
