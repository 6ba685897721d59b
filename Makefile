# phieudiem -- make, make demo, make check, make bench, make install
PROG    = phieudiem
VERSION = 0.1
PREFIX ?= /usr/local
DATADIR = $(PREFIX)/share/phieudiem
CC     ?= gcc
CFLAGS ?= -O2 -g
PKGS    = libxml-2.0 freetype2 harfbuzz harfbuzz-subset sqlite3 libutf8proc libzip libcrypto zlib
WARN    = -std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith \
          -Wwrite-strings -Werror
override CPPFLAGS += -Isrc -D_XOPEN_SOURCE=700 -DVERSION='"$(VERSION)"' -DDATADIR='"$(DATADIR)"' \
          -DLOCALEDIR='"$(PREFIX)/share/locale"' $(shell pkg-config --cflags $(PKGS))
LDLIBS  = -lhpdf -lunibreak $(shell pkg-config --libs $(PKGS)) -lm
B       = build$(if $(SAN),/san)
ifdef SAN
override CFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -DARENA_BLOCK=0
endif
# The stages are linked as an archive: a program takes what it uses of them.
LIB   = $(B)/libphieudiem.a
OBJ   = $(patsubst src/%.c,$(B)/obj/%.o,$(shell find src -name '*.c' ! -path src/cli/main.c))
TESTS = $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

all: $(B)/$(PROG)
$(LIB): $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $(OBJ)
$(B)/$(PROG): $(B)/obj/cli/main.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(B)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<
$(B)/tests/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP -MT $@ -MF $@.d -o $@ $< $(LIB) $(LDLIBS)
tests: $(TESTS)
check: all $(TESTS)
	@tests/run.sh $(B)/$(PROG) $(TESTS)
check-san:
	$(MAKE) SAN=1 check
update: all $(TESTS)
	UPDATE=1 tests/run.sh $(B)/$(PROG) $(TESTS)
fonts:
	fonts/fetch.sh
clean:
	rm -rf build
.PHONY: all fonts tests check check-san update clean
-include $(OBJ:.o=.d) $(B)/obj/cli/main.d $(TESTS:=.d)
