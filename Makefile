# Anlauf: `make help` lists the targets; README.md tells the rest.
#   BUILD=DIR  builds elsewhere     SAN=1    with address and undefined-behaviour sanitizers
#   CC=clang   another compiler     WERROR=1 warnings are errors

SAN ?=
BUILD ?= build$(if $(SAN),/san)
CFLAGS ?= -O2 -g
MAKEFLAGS += --no-builtin-rules
comma := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wwrite-strings -Wundef -Wvla -Wformat=2 -Wno-format-nonliteral $(if $(WERROR),-Werror)
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARN) -fstack-protector-strong -ffunction-sections \
        -fdata-sections -MMD -MP -Iapp -I$(BUILD)/gen $(SANITIZE) $(CFLAGS)
ALL_LDFLAGS = -Wl,--gc-sections -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

# ---- the house ------------------------------------------------------------------------
# Each folder is a static library. USES_x is what folder x may include, in link order;
# its unit tests link only that, so an upward call is an undefined symbol.
FOLDERS := base domain model i18n qr ui screens print speech text platform store
USES_base     :=
USES_domain   := base
USES_model    := domain base
USES_i18n     := domain base
USES_qr       := base
USES_ui       := model i18n qr domain base
USES_screens  := ui model i18n qr domain base
USES_print    := qr i18n domain base
USES_speech   := ui i18n model domain base
USES_text     := ui model i18n qr domain base
USES_platform := ui text model i18n qr domain base
USES_store    := domain base

pkg = $(shell pkg-config $(1) $(2) 2>/dev/null)
PKGS_domain   := jansson libsodium
PKGS_qr       := libqrencode
PKGS_print    := libpng
PKGS_text     := SDL2_ttf sdl2 fribidi
PKGS_platform := sdl2 libpng
PKGS_store    := sqlite3 libsodium jansson
LIBS_text     := -lunistring
LIBS_speech   := -lespeak-ng
LIBS_platform := -lm

# A folder's outside libraries, and those of all it uses.
folder_cflags = $(if $(PKGS_$(1)),$(call pkg,--cflags,$(PKGS_$(1))))
folder_libs = $(if $(PKGS_$(1)),$(call pkg,--libs,$(PKGS_$(1)))) $(LIBS_$(1))
archives = $(foreach f,$(1),$(BUILD)/lib/lib$(f).a)
libs_of = $(foreach f,$(1),$(call folder_libs,$(f)))

.DEFAULT_GOAL := all
all: $(BUILD)/bin/anlauf $(BUILD)/bin/anlauf-play

define FOLDER
CF_$(1) := $(call folder_cflags,$(1))
OBJ_$(1) := $(patsubst app/%.c,$(BUILD)/obj/app/%.o,$(sort $(wildcard app/$(1)/*.c)))
$(BUILD)/lib/lib$(1).a: $$(OBJ_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
$(BUILD)/obj/app/$(1)/%.o: app/$(1)/%.c | $(GENERATED)
	@mkdir -p $$(@D)
	$(CC) $$(ALL_CFLAGS) $$(CF_$(1)) -c $$< -o $$@
# Unit tests of the folder: tests/unit/FOLDER/test_MODULE.c
TESTS_$(1) := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/$(1)/test_*.c)))
$$(TESTS_$(1)): $(BUILD)/tests/%: tests/%.c $(call archives,$(1) $(USES_$(1))) $(BUILD)/lib/libsupport.a
	@mkdir -p $$(@D)
	$(CC) $$(ALL_CFLAGS) -Itests $$(CF_$(1)) $$< $(call archives,$(1)) $(BUILD)/lib/libsupport.a \
	    $(call archives,$(USES_$(1))) \
	    $$(ALL_LDFLAGS) $(call libs_of,$(1) $(USES_$(1))) -lcmocka -o $$@
UNIT_TESTS += $$(TESTS_$(1))
endef
GENERATED := $(BUILD)/gen/assets.h
$(foreach f,$(FOLDERS),$(eval $(call FOLDER,$(f))))

# Icons, rules and catalogues travel inside the program: one file to install, none to lose.
ASSETS := $(sort $(wildcard assets/icons/*.svg assets/rules/*.json assets/i18n/*.po assets/demo/*.json assets/sounds/*))
$(GENERATED): $(ASSETS) image/embed-assets.sh
	@mkdir -p $(@D)
	CC="$(CC)" image/embed-assets.sh $(@D) $(ASSETS)

TOP_OBJ := $(patsubst app/%.c,$(BUILD)/obj/app/%.o,$(sort $(wildcard app/*.c)))
$(BUILD)/obj/app/%.o: app/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(call pkg,--cflags,sdl2 sqlite3 libsodium) -c $< -o $@
LINK_ORDER := screens speech print platform text ui model i18n qr store domain base
ALL_LIBS = $(call libs_of,$(FOLDERS))
$(BUILD)/bin/anlauf: $(TOP_OBJ) $(call archives,$(LINK_ORDER))
	@mkdir -p $(@D)
	$(CC) $(TOP_OBJ) $(call archives,$(LINK_ORDER)) $(ALL_LDFLAGS) $(ALL_LIBS) -o $@

# The same program with a scripted finger instead of a window: tour and journeys.
SUPPORT_OBJ := $(patsubst tests/%.c,$(BUILD)/obj/tests/%.o,$(sort $(wildcard tests/support/*.c)))
$(BUILD)/obj/tests/%.o: tests/%.c | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests $(call pkg,--cflags,sdl2 sqlite3 libpng) -c $< -o $@
$(BUILD)/lib/libsupport.a: $(SUPPORT_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

-include $(shell find $(BUILD)/obj $(BUILD)/tests -name '*.d' 2>/dev/null)
