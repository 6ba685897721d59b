/* Runs a command and prints "seconds kilobytes cpu parent worker" on standard
 * output: wall time; the largest resident set of any one process among it and
 * its children; the processor time of all of them in seconds (which other load
 * does not change); and apart the largest of the command itself and of its
 * children, which are looked up in /proc every few milliseconds (a child counts
 * the pages that it shares with its parent, too).
 * The command's own standard output goes nowhere.  usage: timed COMMAND... */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* Parent and high-water mark of a process; false if it is gone. */
static int look(const char *pid, long *parent, long *peak)
{
    char path[300], line[200];
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    FILE *f = fopen(path, "r");
    *parent = *peak = 0;
    while (f && fgets(line, sizeof line, f)) {
        sscanf(line, "PPid: %ld", parent);
        sscanf(line, "VmHWM: %ld", peak);
    }
    if (f)
        fclose(f);
    return *peak > 0;
}

static void sample(pid_t command, long *own, long *children)
{
    DIR *proc = opendir("/proc");
    for (struct dirent *e; proc && (e = readdir(proc));) {
        long parent, peak;
        if (!isdigit((unsigned char)*e->d_name) || !look(e->d_name, &parent, &peak))
            continue;
        if (atol(e->d_name) == command && peak > *own)
            *own = peak;
        else if (parent == command && peak > *children)
            *children = peak;
    }
    if (proc)
        closedir(proc);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    double begun = seconds();
    pid_t pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_UNBLOCK, &ends, NULL);
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status = 1;
    long own = 0, children = 0;
    struct rusage use = { 0 };
    pid_t ended = 0;
    /* A look takes half a millisecond: seldom enough not to be felt. */
    while (pid > 0 && (ended = waitpid(pid, &status, WNOHANG)) == 0) {
        sample(pid, &own, &children);
        sigtimedwait(&ends, NULL, &(struct timespec){ .tv_nsec = 20000000 });
    }
    double took = seconds() - begun;
    if (ended != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "timed: %s failed\n", argv[1]);
        return 1;
    }
    getrusage(RUSAGE_CHILDREN, &use);
    double cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                 (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-6;
    printf("%.4f %ld %.4f %ld %ld\n", took, use.ru_maxrss, cpu, own, children);
    return 0;
}
