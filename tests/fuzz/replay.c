/* Runs a fuzzing program over files, without libFuzzer and with any compiler:
 * what was found once is kept in finds/ and asked again by make check. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST = 16 * 1024 * 1024 };

static void run(const char *path)
{
    FILE *in = fopen(path, "rb");
    uint8_t *data = malloc(MOST);
    size_t n = in && data ? fread(data, 1, MOST, in) : 0;
    if (!in || !data) {
        perror(path);
        exit(1);
    }
    fclose(in);
    uint8_t *exact = realloc(data, n ? n : 1); /* so that a byte too far is seen */
    LLVMFuzzerTestOneInput(exact ? exact : data, n);
    free(exact ? exact : data);
}

int main(int argc, char **argv)
{
    if (LLVMFuzzerInitialize(&argc, &argv) != 0) {
        fprintf(stderr, "%s: what it starts from cannot be opened\n", argv[0]);
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        fprintf(stderr, "%s\n", argv[i]); /* the last one is at fault */
        run(argv[i]);
    }
    return 0;
}
