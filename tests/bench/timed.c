/* Runs a command and prints "seconds kilobytes cpu" on standard output: wall
 * time, the largest resident set of any one process among it and its children, and the
 * processor time of all of them in seconds (which other load does not change).
 * The command's own standard output goes nowhere.  usage: timed COMMAND... */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    double begun = seconds();
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status = 1;
    struct rusage use = { 0 };
    if (pid < 0 || waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "timed: %s failed\n", argv[1]);
        return 1;
    }
    double took = seconds() - begun;
    getrusage(RUSAGE_CHILDREN, &use);
    double cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                 (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-6;
    printf("%.4f %ld %.4f\n", took, use.ru_maxrss, cpu);
    return 0;
}
