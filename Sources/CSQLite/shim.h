#include <sqlite3.h>

// SQLITE_STATIC is a cast that Swift does not import: the bytes stay where they are until the parameter is bound anew.
static inline int galleria_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

static inline int galleria_sqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return sqlite3_bind_text(statement, index, bytes ? (const char *)bytes : "", count, SQLITE_STATIC);
}

// Statistics of memory that nobody reads cost a mutex for every allocation; sqlite3_config is variadic, and refuses once SQLite is in use.
static inline void galleria_sqlite_keep_no_statistics(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// What SQLite advises for a file that may be hostile (sqlite.org/security.html); sqlite3_db_config is variadic.
static inline void galleria_sqlite_harden(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, (int *)0);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 1 << 20);
}
