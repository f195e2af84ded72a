#include "text/fonts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where Debian's fonts-inter, fonts-noto-core and fonts-dejavu-core put their files. */
static const char *const folders[] = {
    "/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
    "/usr/share/fonts/truetype/noto",  "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/truetype/dejavu",
};

/* By weight, the first that is there. Noto has no weights between regular and bold. */
#define TITLE_BIG 3 /* Inter Display: drawn for big sizes, set tighter */
#define TITLE_BIG_SIZE 40

static const char *const main_files[4][6] = {
    {"Inter-SemiBold.otf", "Inter-SemiBold.ttf", "Inter-Bold.otf", "NotoSans-Bold.ttf",
     "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"},
    {"Inter-Bold.otf", "Inter-Bold.ttf", "Inter-SemiBold.otf", "NotoSans-Bold.ttf",
     "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"},
    {"Inter-ExtraBold.otf", "Inter-ExtraBold.ttf", "Inter-Bold.otf", "NotoSans-Bold.ttf",
     "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"},
    {"InterDisplay-ExtraBold.otf", "Inter-ExtraBold.otf", "Inter-ExtraBold.ttf",
     "NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"},
};

/* After the file of the script itself. */
static const char *const other_files[] = {
    "NotoSans-Bold.ttf",          "NotoSansSymbols-Bold.ttf",
    "NotoSansSymbols2-Regular.ttf", "NotoSansMath-Regular.ttf",
    "NotoSansCJK-Bold.ttc",       "DejaVuSans-Bold.ttf",
    "DejaVuSans.ttf",
};

static void map_file(struct face *face, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            face->bytes = bytes;
            face->len = (size_t)st.st_size;
        }
    }
    close(fd);
}

static void find_file(struct face *face)
{
    for (size_t i = 0; i < ARRAY_LEN(folders) && !face->bytes; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/%s", folders[i], face->file);
        map_file(face, path);
    }
    face->missing = !face->bytes;
}

/* Only maps the file: no byte of it is read before fonts_use. -1: no such file. */
static int face_of(struct fonts *fonts, const char *file)
{
    int i = 0;
    while (i < fonts->count && strcmp(fonts->faces[i].file, file) != 0) {
        i++;
    }
    if (i == FACES_MAX) {
        return -1;
    }
    if (i == fonts->count) {
        fonts->count++;
        snprintf(fonts->faces[i].file, sizeof fonts->faces[i].file, "%s", file);
        find_file(&fonts->faces[i]);
    }
    return fonts->faces[i].missing ? -1 : i;
}

static int main_face(struct fonts *fonts, int index)
{
    for (size_t i = 0; i < ARRAY_LEN(main_files[0]); i++) {
        int face = face_of(fonts, main_files[index][i]);
        if (face >= 0) {
            return face;
        }
    }
    return -1;
}

enum err fonts_open(struct fonts *fonts)
{
    memset(fonts, 0, sizeof *fonts);
    if (TTF_Init() != 0) {
        return ERR_UNSUPPORTED;
    }
    for (int i = 0; i < (int)ARRAY_LEN(fonts->main); i++) {
        fonts->main[i] = main_face(fonts, i);
        if (fonts->main[i] < 0) {
            fonts_close(fonts);
            return ERR_NOT_FOUND;
        }
    }
    return ERR_OK;
}

void fonts_close(struct fonts *fonts)
{
    for (int i = 0; i < fonts->count; i++) {
        struct face *face = &fonts->faces[i];
        if (face->font) {
            TTF_CloseFont(face->font);
        }
        if (face->bytes) {
            munmap(face->bytes, face->len);
        }
    }
    fonts->count = 0;
    TTF_Quit();
}

static void face_open(struct face *face, int size)
{
    SDL_RWops *rw = SDL_RWFromConstMem(face->bytes, (int)face->len);
    face->font = rw ? TTF_OpenFontRW(rw, 1, size) : NULL;
    face->size = size;
    face->missing = !face->font;
    if (face->font) {
        /* Stems keep their shape and letters their distance; lines stay crisp. */
        TTF_SetFontHinting(face->font, TTF_HINTING_LIGHT_SUBPIXEL);
    }
}

TTF_Font *fonts_use(struct fonts *fonts, int face, int size)
{
    CHECK(face >= 0 && face < fonts->count);
    struct face *f = &fonts->faces[face];
    if (!f->font && !f->missing) {
        face_open(f, size);
    }
    if (f->font && f->size != size) {
        f->size = TTF_SetFontSize(f->font, size) == 0 ? size : f->size;
    }
    return f->font;
}

bool fonts_has(struct fonts *fonts, int face, uint32_t cp)
{
    int size = fonts->faces[face].size;
    TTF_Font *font = fonts_use(fonts, face, size > 0 ? size : 16);
    return font && TTF_GlyphIsProvided32(font, cp);
}

static int pick_file(struct fonts *fonts, const char *file, uint32_t cp)
{
    int face = face_of(fonts, file);
    return face >= 0 && fonts_has(fonts, face, cp) ? face : -1;
}

/* "Old_Italic" → NotoSansOldItalic-Bold.ttf, else -Regular.ttf. */
static int pick_script(struct fonts *fonts, const char *script, uint32_t cp)
{
    char name[32], file[64];
    size_t n = 0;
    for (const char *p = script; *p && n + 1 < sizeof name; p++) {
        if (*p != '_') {
            name[n++] = *p;
        }
    }
    name[n] = '\0';
    snprintf(file, sizeof file, "NotoSans%s-Bold.ttf", name);
    int face = pick_file(fonts, file, cp);
    if (face < 0) {
        snprintf(file, sizeof file, "NotoSans%s-Regular.ttf", name);
        face = pick_file(fonts, file, cp);
    }
    return face;
}

int fonts_main(const struct fonts *fonts, const struct text_spec *spec)
{
    bool big = spec->weight == WEIGHT_TITLE && spec->size >= TITLE_BIG_SIZE;
    return fonts->main[big ? TITLE_BIG : (int)spec->weight];
}

int fonts_pick(struct fonts *fonts, int main, const char *script, uint32_t cp)
{
    int face = main;
    if (fonts_has(fonts, face, cp)) {
        return face;
    }
    face = pick_script(fonts, script, cp);
    for (size_t i = 0; i < ARRAY_LEN(other_files) && face < 0; i++) {
        face = pick_file(fonts, other_files[i], cp);
    }
    return face >= 0 ? face : main;
}
