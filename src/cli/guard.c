#include "cli/guard.h"

#include <sys/resource.h>

#ifdef __has_feature /* clang's name for gcc's __SANITIZE_ADDRESS__ */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

void guard_memory(void)
{
#ifndef __SANITIZE_ADDRESS__ /* whose shadow takes terabytes of addresses */
    struct rlimit limit;
    const rlim_t most = (rlim_t)2 << 30;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > most)) {
        limit.rlim_cur = most;
        setrlimit(RLIMIT_AS, &limit);
    }
#endif
}
