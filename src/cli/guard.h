/* cli/guard.h -- before files of unknown origin are read. */
#ifndef CLI_GUARD_H
#define CLI_GUARD_H

/* No more than 2 GB of memory from now on, for this process and its children:
 * a few megabytes of a PDF can unpack to more than any machine has. */
void guard_memory(void);
#endif
