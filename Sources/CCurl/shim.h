#include <curl/curl.h>
// What the event loop needs and Swift's Glibc module leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// Swift cannot call variadic functions: one wrapper for each type of argument. The parentheses go round libcurl's type-checking macros.

static inline CURLcode galleria_easy_set_long(CURL *easy, CURLoption option, long value) { return (curl_easy_setopt)(easy, option, value); }

static inline CURLcode galleria_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode galleria_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode galleria_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}

// WRITEFUNCTION and HEADERFUNCTION, READFUNCTION.
static inline CURLcode galleria_easy_set_transfer_callback(
    CURL *easy, CURLoption option, size_t (*value)(char *, size_t, size_t, void *)) {
    return (curl_easy_setopt)(easy, option, value);
}

static inline CURLcode galleria_easy_set_seek_callback(CURL *easy, curl_seek_callback value) {
    return (curl_easy_setopt)(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode galleria_easy_set_progress_callback(CURL *easy, curl_xferinfo_callback value) {
    return (curl_easy_setopt)(easy, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode galleria_easy_set_attempt_callback(CURL *easy, curl_prereq_callback value) {
    return (curl_easy_setopt)(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode galleria_easy_set_open_callback(CURL *easy, curl_sockopt_callback value) {
    return (curl_easy_setopt)(easy, CURLOPT_SOCKOPTFUNCTION, value);
}

static inline CURLcode galleria_easy_set_close_callback(CURL *easy, curl_closesocket_callback value) {
    return (curl_easy_setopt)(easy, CURLOPT_CLOSESOCKETFUNCTION, value);
}

static inline CURLcode galleria_easy_get_long(CURL *easy, CURLINFO info, long *value) { return (curl_easy_getinfo)(easy, info, value); }

static inline CURLcode galleria_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

static inline CURLcode galleria_easy_get_private(CURL *easy, void **value) { return (curl_easy_getinfo)(easy, CURLINFO_PRIVATE, value); }

static inline CURLMcode galleria_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLMcode galleria_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLMcode galleria_multi_set_socket_callback(CURLM *multi, curl_socket_callback value) {
    return (curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, value);
}

static inline CURLMcode galleria_multi_set_timer_callback(CURLM *multi, curl_multi_timer_callback value) {
    return (curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, value);
}

static inline CURLSHcode galleria_share_set_long(CURLSH *share, CURLSHoption option, long value) {
    return (curl_share_setopt)(share, option, value);
}

// The parts of CURLMsg, whose union Swift would see as raw bytes.
static inline CURLcode galleria_message_result(const CURLMsg *message) { return message->data.result; }

// At most 15 bytes of a name for debuggers (PR_SET_NAME(2const)).
static inline void galleria_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
