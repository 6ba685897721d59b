# phieudiem -- make, make demo, make check, make bench, make install
PROG    = phieudiem
VERSION = 0.1
PREFIX ?= /usr/local
DATADIR = $(PREFIX)/share/phieudiem
CC     ?= gcc
CFLAGS ?= -O2 -g
PKGS    = libxml-2.0 freetype2 harfbuzz harfbuzz-subset sqlite3 libutf8proc libzip libcrypto zlib libpng libqpdf libqrencode
WARN    = -std=c17 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith \
          -Wwrite-strings -Werror
override CPPFLAGS += -Isrc -D_XOPEN_SOURCE=700 -DVERSION='"$(VERSION)"' -DDATADIR='"$(DATADIR)"' \
          -DLOCALEDIR='"$(PREFIX)/share/locale"' $(shell pkg-config --cflags $(PKGS))
LDLIBS  = -lcups -lhpdf -ldeflate -lunibreak $(shell pkg-config --libs $(PKGS)) -lm
B       = build$(if $(SAN),/san)
ifdef SAN
override CFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -DARENA_BLOCK=0
endif
ifdef FUZZING
override CFLAGS := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
endif
# The stages are linked as an archive: a program takes what it uses of them.
LIB   = $(B)/libphieudiem.a
OBJ   = $(patsubst src/%.c,$(B)/obj/%.o,$(shell find src -name '*.c' ! -path src/cli/main.c))
TESTS = $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

REPLAY = $(patsubst tests/fuzz/%.c,$(B)/replay/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCH = $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/*.c))
MO    = $(patsubst src/po/%.po,build/locale/%/LC_MESSAGES/$(PROG).mo,$(wildcard src/po/*.po))

all: $(B)/$(PROG) $(MO)
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
$(B)/bench/%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -MT $@ -MF $@.d -o $@ $< $(LIB) $(LDLIBS)
build/locale/%/LC_MESSAGES/$(PROG).mo: src/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<
$(B)/fuzz/%: tests/fuzz/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CPPFLAGS) -Itests/fuzz $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -MMD -MP -MT $@ -MF $@.d -o $@ $< $(LIB) $(LDLIBS)
$(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(WARN) $(CPPFLAGS) -Itests/fuzz $(CFLAGS) $(LDFLAGS) -MMD -MP -MT $@ -MF $@.d -o $@ $< tests/fuzz/replay.c $(LIB) $(LDLIBS)
fuzzers: $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
# libFuzzer, so clang; FUZZ_SECONDS for each program. Finds lie in build/clang/fuzz:
# keep one as tests/fuzz/finds/PROGRAM/NAME, and make check asks it again.
FUZZ_SECONDS ?= 60
fuzz: all
	@command -v clang >/dev/null || { echo "make fuzz: clang is missing (.ci/deps check installs it)" >&2; exit 1; }
	@$(MAKE) CC=clang FUZZING=1 B=build/clang fuzzers
	@tests/fuzz/run.sh build/clang/fuzz $(FUZZ_SECONDS)
tests: $(TESTS)
check: all $(TESTS) $(REPLAY)
	@tests/run.sh $(B)/$(PROG) $(TESTS)
check-san:
	$(MAKE) SAN=1 check
conformance: all $(B)/tests/test_pdf
	@tests/conformance.sh
update: all $(TESTS)
	UPDATE=1 tests/run.sh $(B)/$(PROG) $(TESTS)
# The kept texts of charts and of each element alone.
golden: $(B)/tests/test_golden $(B)/tests/test_chart
	UPDATE=1 $(B)/tests/test_golden && UPDATE=1 $(B)/tests/test_chart
	git diff --stat tests/golden || :
fonts:
	fonts/fetch.sh
demo: all
	@examples/demo.sh $(B)/$(PROG) build/demo
bench: all $(BENCH)
	@tests/bench.sh $(B)
# New and changed messages go into the translations; then fill them in.
po:
	xgettext -k_ -kN_ -kngettext:1,2 --from-code=UTF-8 --no-location --sort-output --package-name=$(PROG) \
	    -o build/$(PROG).pot $$(find src -name '*.c' | sort)
	for po in src/po/*.po; do \
	    msgmerge --quiet --no-wrap --sort-output --no-fuzzy-matching -o $$po.tmp $$po build/$(PROG).pot && \
	    grep -v '^"POT-Creation-Date' $$po.tmp >$$po; rm -f $$po.tmp; done
install: all
	install -Dm755 $(B)/$(PROG) $(DESTDIR)$(PREFIX)/bin/$(PROG)
	install -Dm644 src/$(PROG).1 $(DESTDIR)$(PREFIX)/share/man/man1/$(PROG).1
	cd build/locale && for mo in */LC_MESSAGES/$(PROG).mo; do \
	    install -Dm644 $$mo $(DESTDIR)$(PREFIX)/share/locale/$$mo; done
	for f in $$(find layouts fonts -type f); do install -Dm644 $$f $(DESTDIR)$(DATADIR)/$$f; done
clean:
	rm -rf build
.PHONY: all golden fuzz fuzzers fonts tests check check-san update demo bench po install clean conformance
-include $(OBJ:.o=.d) $(B)/obj/cli/main.d $(TESTS:=.d) $(REPLAY:=.d) $(BENCH:=.d)
