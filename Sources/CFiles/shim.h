// What Linux knows of files and Swift's Glibc module does not import.
#pragma once
#include <sys/types.h>
#include <sys/xattr.h>

// F_SETLEASE of fcntl(2), which <fcntl.h> shows to GNU programs only: F_LINUX_SPECIFIC_BASE + 0 in <linux/fcntl.h>.
static const int galleria_set_lease = 1024;
// O_NOATIME of open(2), likewise.
static const int galleria_no_access_time = 01000000;
