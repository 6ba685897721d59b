#include "base/tsv.h"

#include <string.h>

bool tsv_cut(char *line, char **column, int n)
{
    for (int i = 0; i < n; i++) {
        char *tab = strchr(line, '\t');
        column[i] = line;
        if ((tab != NULL) != (i + 1 < n))
            return false;
        if (tab) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return n > 0;
}
