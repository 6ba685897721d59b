/* tests/check.h -- all the framework that the unit tests need.
 * A test is a program; CHECK counts and reports, CHECK_DONE() prints the
 * program's line and gives main's exit status. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H
#include <stdio.h>

static int check_passed, check_failed;

#define CHECK(condition, ...) \
    do { \
        if (condition) \
            check_passed++; \
        else { \
            check_failed++; \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition); \
            fprintf(stderr, __VA_ARGS__); \
            fputc('\n', stderr); \
        } \
    } while (0)
#define CHECK_DONE() (printf("%d %d\n", check_passed, check_failed), check_failed != 0)
#endif
