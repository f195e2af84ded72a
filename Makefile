# Anlauf: `make help` lists the targets; README.md tells the rest.
#   BUILD=DIR  builds elsewhere     SAN=1    with address and undefined-behaviour sanitizers
#   CC=clang   another compiler     WERROR=1 warnings are errors

SAN ?=
FUZZ ?=
BUILD ?= build$(if $(SAN),/san)
JOBS ?= $(shell nproc)
CFLAGS ?= -O2 -g
MAKEFLAGS += --no-builtin-rules
# V=1 shows each command; else one short line for each thing made.
Q := $(if $(V),,@)
told = $(if $(V),,@echo "  $(1) $(2)")
comma := ,
SANITIZE := $(if $(SAN)$(FUZZ),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)\
        $(if $(FUZZ),-fsanitize=fuzzer-no-link)
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wno-format-nonliteral $(if $(WERROR),-Werror)
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARN) -fstack-protector-strong -ffunction-sections \
        -fdata-sections -MMD -MP -Iapp -I$(BUILD)/gen $(SANITIZE) $(CFLAGS)
ALL_LDFLAGS = -Wl,--gc-sections -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

# ---- the house ------------------------------------------------------------------------
# Each folder is a static library. USES_x is what folder x may include, in link order;
# its unit tests link only that, so an upward call is an undefined symbol.
APP_FOLDERS := base domain model i18n qr proof ui screens print speech text platform store cli
SYNC_FOLDERS := wire client server desk
FOLDERS := $(APP_FOLDERS) $(SYNC_FOLDERS)
USES_base     :=
USES_domain   := base
USES_model    := domain base
USES_i18n     := domain base
USES_qr       := base
USES_proof    := domain base
USES_ui       := model i18n qr domain base
USES_screens  := ui model i18n qr domain base
USES_print    := ui model i18n qr domain base
USES_speech   := ui model i18n qr domain base
USES_text     := ui model i18n qr domain base
USES_platform := ui text model i18n qr domain base
USES_store    := proof domain base
USES_cli      := store proof i18n domain base
USES_wire     := proof domain base
USES_client   := wire store proof domain base
USES_server   := wire qr proof domain base
USES_desk     := server wire qr proof domain base

pkg = $(shell pkg-config $(1) $(2) 2>/dev/null)
PKGS_domain   := jansson libsodium
PKGS_qr       := libqrencode
PKGS_proof    := libsodium
PKGS_print    := libpng
PKGS_text     := SDL2_ttf sdl2 fribidi
PKGS_platform := sdl2 libpng
PKGS_store    := sqlite3 libsodium jansson
PKGS_wire     := libsodium libzstd jansson
PKGS_client   := libcurl libsodium jansson
PKGS_server   := libmicrohttpd gnutls sqlite3 libsodium jansson libzstd
PKGS_desk     := jansson libpng
LIBS_text     := -lunistring
LIBS_speech   := -lespeak-ng
LIBS_platform := -lm

# A folder's outside libraries, and those of all it uses.
folder_cflags = $(if $(PKGS_$(1)),$(call pkg,--cflags,$(PKGS_$(1))))
folder_libs = $(if $(PKGS_$(1)),$(call pkg,--libs,$(PKGS_$(1)))) $(LIBS_$(1))
archives = $(foreach f,$(1),$(BUILD)/lib/lib$(f).a)
libs_of = $(foreach f,$(1),$(call folder_libs,$(f)))

.DEFAULT_GOAL := all
SYNC_PROGRAMS := $(patsubst sync/%.c,$(BUILD)/bin/%,$(wildcard sync/anlauf-*.c))
all: $(BUILD)/bin/anlauf $(BUILD)/bin/anlauf-play $(SYNC_PROGRAMS)

# app/ never sees sync/: only the sync folders have it on their include path.
define FOLDER
DIR_$(1) := $(if $(filter $(1),$(SYNC_FOLDERS)),sync,app)/$(1)
CF_$(1) := $(if $(filter $(1),$(SYNC_FOLDERS)),-Isync) $(call folder_cflags,$(1))
OBJ_$(1) := $$(patsubst %.c,$(BUILD)/obj/%.o,$$(sort $$(wildcard $$(DIR_$(1))/*.c)))
$(BUILD)/lib/lib$(1).a: $$(OBJ_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(Q)ar rcs $$@ $$^
$(BUILD)/obj/$$(DIR_$(1))/%.o: $$(DIR_$(1))/%.c | $(GENERATED)
	@mkdir -p $$(@D)
	$$(call told,CC,$$<)
	$(Q)$(CC) $$(ALL_CFLAGS) $$(CF_$(1)) -c $$< -o $$@
# Unit tests of the folder: tests/unit/FOLDER/test_MODULE.c
TESTS_$(1) := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/$(1)/test_*.c)))
$$(TESTS_$(1)): $(BUILD)/tests/%: tests/%.c $(call archives,$(1) $(USES_$(1))) $(BUILD)/lib/libsupport.a
	@mkdir -p $$(@D)
	$$(call told,TEST,$$@)
	$(Q)$(CC) $$(ALL_CFLAGS) -Itests $$(CF_$(1)) $$< $(call archives,$(1)) $(BUILD)/lib/libsupport.a \
	    $(call archives,$(USES_$(1))) \
	    $$(ALL_LDFLAGS) $(call libs_of,$(1) $(USES_$(1))) -lcmocka -o $$@
UNIT_TESTS += $$(TESTS_$(1))
endef
GENERATED := $(BUILD)/gen/assets.h
$(foreach f,$(FOLDERS),$(eval $(call FOLDER,$(f))))

# Icons, rules and catalogues travel inside the program: one file to install, none to lose.
ASSETS := $(sort $(wildcard assets/icons/*.svg assets/rules/*.json assets/forms/*.json assets/demo/*.json assets/sounds/* assets/sync/*))
CATALOGUES := $(patsubst assets/%.po,$(BUILD)/gen/assets/%.mo,$(wildcard assets/i18n/*.po))
$(BUILD)/gen/assets/%.mo: assets/%.po
	@mkdir -p $(@D)
	$(call told,MSGFMT,$<)
	$(Q)msgfmt --check-format -o $@ $<
$(GENERATED): $(ASSETS) $(CATALOGUES) $(wildcard assets/*) image/embed-assets.sh
	@mkdir -p $(@D)
	$(call told,ASSETS,$@)
	$(Q)CC="$(CC)" image/embed-assets.sh $(@D) $(ASSETS) $(CATALOGUES)

TOP_OBJ := $(patsubst app/%.c,$(BUILD)/obj/app/%.o,$(sort $(wildcard app/*.c)))
$(BUILD)/obj/app/%.o: app/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call told,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(call pkg,--cflags,sdl2 sqlite3 libsodium) -c $< -o $@
LINK_ORDER := cli screens speech print platform text ui model i18n qr store proof domain base
ALL_LIBS = $(call libs_of,$(APP_FOLDERS))
$(BUILD)/bin/anlauf: $(TOP_OBJ) $(call archives,$(LINK_ORDER))
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $(TOP_OBJ) $(call archives,$(LINK_ORDER)) $(ALL_LDFLAGS) $(ALL_LIBS) -o $@

# The client and the centre: what neither display nor printer has to do with.
SYNC_ORDER := client server wire qr store proof domain base
SYNC_LIBS = $(call libs_of,$(SYNC_ORDER)) -lpthread
$(BUILD)/obj/sync/%.o: sync/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call told,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Isync $(call pkg,--cflags,libsodium) -c $< -o $@
$(BUILD)/bin/anlauf-sync: $(BUILD)/obj/sync/anlauf-sync.o $(call archives,client wire store proof domain base)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(call archives,client wire store proof domain base) $(ALL_LDFLAGS) \
	    $(call libs_of,client wire store proof domain base) -lpthread -o $@
$(BUILD)/bin/anlauf-server: $(BUILD)/obj/sync/anlauf-server.o $(call archives,desk server wire qr proof domain base)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(call archives,desk server wire qr proof domain base) $(ALL_LDFLAGS) \
	    $(call libs_of,desk server wire qr proof domain base) -lpthread -o $@

# The same program with a scripted finger instead of a window: tour and journeys.
SUPPORT_OBJ := $(patsubst tests/%.c,$(BUILD)/obj/tests/%.o,$(sort $(wildcard tests/support/*.c)))
$(BUILD)/obj/tests/%.o: tests/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call told,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests $(call pkg,--cflags,sdl2 sqlite3 libpng) -c $< -o $@
$(BUILD)/lib/libsupport.a: $(SUPPORT_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)ar rcs $@ $^

# All of the program but its main(), for what is played, broken, measured or fuzzed whole.
WHOLE_OBJ := $(filter-out $(BUILD)/obj/app/main.o,$(TOP_OBJ))
WHOLE_DEPS := $(WHOLE_OBJ) $(BUILD)/lib/libsupport.a $(call archives,$(LINK_ORDER))
PLAY_OBJ := $(patsubst tests/%.c,$(BUILD)/obj/tests/%.o,$(sort $(wildcard tests/play/*.c)))
$(BUILD)/bin/anlauf-play: $(PLAY_OBJ) $(WHOLE_DEPS)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $(PLAY_OBJ) $(WHOLE_DEPS) $(ALL_LDFLAGS) $(ALL_LIBS) -o $@

whole = $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard $(1))))
WHOLE_TESTS := $(call whole,tests/app/test_*.c tests/fault/test_*.c tests/golden/test_*.c tests/screens/test_*.c)
BENCHES := $(call whole,tests/bench/bench_*.c)
FUZZERS := $(call whole,tests/fuzz/fuzz_*.c)
WIRE_FUZZERS := $(patsubst %,$(BUILD)/tests/fuzz/fuzz_%,json upload page enrol parcel)
# The net in one process, and what breaks, measures or fuzzes it.
NET_TESTS := $(call whole,tests/sync/test_*.c)
NET_TOOLS := $(call whole,tests/sync/tool_*.c)
NET_OBJ := $(patsubst tests/%.c,$(BUILD)/obj/tests/%.o,$(sort $(wildcard tests/sync/net/*.c)))
NET_DEPS := $(NET_OBJ) $(call archives,$(SYNC_ORDER)) $(BUILD)/lib/libsupport.a $(call archives,$(SYNC_ORDER))
$(BUILD)/obj/tests/sync/%.o: tests/sync/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call told,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -Isync $(call pkg,--cflags,sqlite3 libcurl) -c $< -o $@
$(NET_TESTS) $(NET_TOOLS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(NET_DEPS)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(NET_DEPS) $(ALL_LDFLAGS) $(SYNC_LIBS) \
	    $(if $(filter $@,$(NET_TESTS)),-lcmocka) -o $@

$(WHOLE_TESTS) $(BENCHES): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(WHOLE_DEPS)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(WHOLE_DEPS) $(ALL_LDFLAGS) $(ALL_LIBS) \
	    $(if $(filter $@,$(WHOLE_TESTS)),-lcmocka) -o $@

# In the simulator the centre's program can be an old one.
$(BUILD)/tests/sync/tool_sim: ALL_LDFLAGS += -Wl,--wrap=effects_apply

$(filter-out $(WIRE_FUZZERS),$(FUZZERS)): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(WHOLE_DEPS)
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(WHOLE_DEPS) $(ALL_LDFLAGS) -fsanitize=fuzzer $(ALL_LIBS) -o $@

# What both ends of the sync read.
WIRE_PARTS := wire proof domain base
$(WIRE_FUZZERS:$(BUILD)/%=$(BUILD)/obj/%.o): $(BUILD)/obj/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(call told,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -Itests -Isync $(call pkg,--cflags,libzstd jansson libsodium) -c $< -o $@
$(WIRE_FUZZERS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(call archives,$(WIRE_PARTS))
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(call archives,$(WIRE_PARTS)) $(ALL_LDFLAGS) -fsanitize=fuzzer \
	    $(call libs_of,$(WIRE_PARTS)) -o $@

# Slips of every kind in a folder, to be read by programs that are not ours.
SLIP_PARTS := print text ui model i18n qr proof domain base
SLIPS := $(BUILD)/tests/print/make_slips
$(SLIPS): $(BUILD)/obj/tests/print/make_slips.o $(call archives,$(SLIP_PARTS)) $(BUILD)/lib/libsupport.a
	@mkdir -p $(@D)
	$(call told,LINK,$@)
	$(Q)$(CC) $< $(BUILD)/lib/libsupport.a $(call archives,$(SLIP_PARTS)) $(ALL_LDFLAGS) \
	    $(call libs_of,$(SLIP_PARTS)) -o $@

# ---- tests ----------------------------------------------------------------------------
SCRIPTS := $(sort $(shell find tests -name node_modules -prune -o -perm -u+x \
    \( -name 'test-*.sh' -o -name 'check-*.sh' \) -print))
SLOW := tests/checks/test-tidy.sh tests/checks/test-warnings.sh tests/fuzz/test-fuzz.sh tests/sync/test-sim.sh
PROGRAMS := $(UNIT_TESTS) $(WHOLE_TESTS) $(NET_TESTS)
SUITES = $(PROGRAMS) $(if $(QUICK)$(SAN),,$(PROGRAMS:$(BUILD)/%=$(BUILD)/san/%)) \
    $(filter-out $(if $(QUICK),$(SLOW)),$(SCRIPTS))
CHOSEN = $(if $(ONLY),$(foreach s,$(SUITES),$(if $(findstring $(ONLY),$(s)),$(s))),$(SUITES))
INSTALL = @image/install-packages.sh
AGAIN = @$(MAKE) --no-print-directory BUILD=$(BUILD)
RUN = @BUILD=$(BUILD) MAKE=$(MAKE) tests/run-tests.sh $(BUILD)/test-logs

everything: all programs $(NET_TOOLS) $(SLIPS) $(BENCHES) $(call archives,$(FOLDERS))
programs: $(PROGRAMS)
benches: $(BENCHES)
nettools: $(NET_TOOLS)
fuzzers: $(FUZZERS)

# Packages come first and make starts anew, as it asks pkg-config while reading this file.
run:
	$(INSTALL) build run
	$(AGAIN) -j$(JOBS) all
	@BUILD=$(BUILD) image/run-demo.sh

test:
	$(INSTALL) build run test
	$(AGAIN) -j$(JOBS) everything
	$(if $(QUICK)$(SAN),,@$(MAKE) --no-print-directory BUILD=$(BUILD)/san SAN=1 -j$(JOBS) programs)
	$(RUN) $(CHOSEN)

tour:
	$(INSTALL) build run
	$(AGAIN) -j$(JOBS) all
	@BUILD=$(BUILD) image/run-tour.sh "$(or $(OUT),$(BUILD)/tour)" $(SIZE)

bench:
	$(INSTALL) build run test bench
	$(AGAIN) -j$(JOBS) all benches nettools
	@export BUILD=$(BUILD); tests/bench/run-bench.sh; kiosk=$$?; \
	    tests/bench/sync/run-sync-bench.sh && exit $$kiosk

fuzz:
	$(INSTALL) build run test
	@BUILD=$(BUILD) MAKE=$(MAKE) FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) TEST_SECONDS=7200 \
	    tests/run-tests.sh $(BUILD)/test-logs tests/fuzz/test-fuzz.sh

lint:
	$(INSTALL) build run test
	$(AGAIN) -j$(JOBS) everything
	$(RUN) $(filter tests/checks/%,$(SCRIPTS))

format:
	clang-format -i $(sort $(wildcard app/*.[ch] app/*/*.[ch] sync/*.[ch] sync/*/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch]))

fresh:
	$(INSTALL) fresh
	@tests/image/fresh.sh $(FRESH_SUITES)

# A stamp beside each file that clang-tidy found clean; its object knows all it includes.
TIDY := $(patsubst %.c,$(BUILD)/tidy/%.ok,$(sort $(wildcard app/*.c app/*/*.c sync/*.c sync/*/*.c)))
TIDY_FLAGS = -std=c17 -D_GNU_SOURCE -Iapp -Isync -I$(BUILD)/gen \
    $(call pkg,--cflags,sdl2 SDL2_ttf sqlite3 libsodium jansson fribidi libpng libqrencode libcurl \
    libmicrohttpd libzstd gnutls)
tidy: $(TIDY)
$(BUILD)/tidy/%.ok: %.c $(BUILD)/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	@rm -f $@
	@clang-tidy --quiet --warnings-as-errors='*' $< -- $(TIDY_FLAGS) >$(@:.ok=.log) 2>&1
	@touch $@

# ---- the rest -------------------------------------------------------------------------
PREFIX ?= /usr/local
install: all
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(BUILD)/bin/anlauf $(SYNC_PROGRAMS)

clean:
	rm -rf $(BUILD)

help:
	@echo "make               build the programs into $(BUILD)/bin"
	@echo "make run           install what is missing, build, open the kiosk on demo data"
	@echo "                   (with no display: play the tour instead)"
	@echo "make test          install what is missing, build, run every test"
	@echo "                   QUICK=1 leaves out sanitizers and what is slow; ONLY=WORD picks"
	@echo "make tour OUT=DIR  every screen and slip of the main line as pictures"
	@echo "                   SIZE=800x480 on another display than 1280x800"
	@echo "make bench         speed and memory beside a browser kiosk, sync beside PouchDB"
	@echo "make fuzz          every fuzz target for FUZZ_SECONDS=60"
	@echo "make lint          static checks only: warnings, layers, headers, clang-tidy"
	@echo "make format        lay the sources out by .clang-format"
	@echo "make fresh         make run and make test in clean Debian 12 and 13 roots"
	@echo "                   (FRESH_SUITES=bookworm picks one)"
	@echo "make install       the program under DESTDIR= PREFIX=/usr/local"
	@echo "make clean         remove $(BUILD)"
	@echo "make help          this list"
	@echo "Options: BUILD=DIR CC=clang SAN=1 (sanitizers) WERROR=1 JOBS=N"

.PHONY: all everything programs benches nettools fuzzers run test tour bench fuzz lint format fresh tidy install clean help
.DELETE_ON_ERROR:

-include $(shell find $(BUILD)/obj $(BUILD)/tests -name '*.d' 2>/dev/null)
