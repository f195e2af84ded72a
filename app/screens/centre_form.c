/* Typing a centre's address and code, and looking at both once more. */
#include "screens/centre.h"
#include "screens/staff_parts.h"

#include <string.h>

#define DELETE_KEY 8
#define GROUP 4
#define GROUPS (CENTRE_CODE_CHARS / GROUP)

/* ---- what is typed ----------------------------------------------------------------- */

bool centre_url_ready(const struct centre_form *form)
{
    struct str url = str_of(form->url);
    const char *host = strstr(form->url, "://");
    return (str_starts(url, STR("https://")) || str_starts(url, STR("http://"))) &&
           host != NULL && strlen(host) > strlen("://") && host[3] != '/' &&
           host[3] != ':';
}

bool centre_code_ready(const struct centre_form *form)
{
    return strlen(form->code) == CENTRE_CODE_CHARS;
}

static void erase(char *text)
{
    size_t len = strlen(text);
    text[len > 0 ? len - 1 : 0] = '\0';
}

static void append(char *text, size_t size, char c)
{
    size_t len = strlen(text);
    if (len + 1 < size) {
        text[len] = c;
        text[len + 1] = '\0';
    }
}

/* Only what can stand in an address: no space can be typed by mistake. */
static void type_url(struct centre_form *form, int character)
{
    if (character > ' ' && character < 0x7f) {
        char c = (char)character;
        append(form->url, sizeof form->url,
               c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static void type_code(struct centre_form *form, int character)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char c = character > 0 && character < 0x7f ? (char)character : '?';
    c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    if (strchr(alphabet, c) != NULL) {
        append(form->code, sizeof form->code, c);
    }
}

void centre_type(struct centre_form *form, int character)
{
    bool url = form->step == CENTRE_URL;
    if (!url && form->step != CENTRE_CODE) {
        return;
    }
    form->scanned = false;
    if (character == DELETE_KEY) {
        erase(url ? form->url : form->code);
    } else if (url) {
        type_url(form, character);
    } else {
        type_code(form, character);
    }
}

/* ---- view -------------------------------------------------------------------------- */

static void draw_url_field(struct ui *ui, struct rect at)
{
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    const char *url = ui_own(ui, ui->model->staff.centre.url);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INDIGO, 5, 22, 0});
    struct rect inside = rect_make(at.x + 24, at.y + 6, at.w - 48, at.h - 12);
    words.font = ui_fit(ui, inside, words, url);
    ui_text_middle(ui, inside, words, url);
}

/* Groups stand from left to right in every language. */
static struct rect group_at(const struct ui *ui, struct rect all, int index)
{
    int gap = 16, width = (all.w - gap * (GROUPS - 1)) / GROUPS;
    int place = ui->i18n.rtl ? GROUPS - 1 - index : index;
    return rect_make(all.x + place * (width + gap), all.y, width, all.h);
}

static void draw_code_field(struct ui *ui, struct rect at)
{
    const char *code = ui->model->staff.centre.code;
    int len = (int)strlen(code), now = len / GROUP;
    for (int i = 0; i < GROUPS; i++) {
        char text[GROUP + 1] = "";
        int count = len - i * GROUP;
        struct rect box = group_at(ui, at, i);
        struct words words = {FONT_TITLE, COLOR_INK, PLACE_CENTER, 1};
        if (count > 0) {
            memcpy(text, code + i * GROUP, (size_t)(count < GROUP ? count : GROUP));
        }
        ui_box(ui, box,
               (struct look){COLOR_WHITE, i == now ? COLOR_INDIGO : COLOR_INK,
                             i == now ? 5 : 3, 18, 0});
        struct rect inside = rect_inset(box, 6);
        words.font = ui_fit(ui, inside, words, "MMMM");
        ui_text_middle(ui, inside, words, text);
    }
}

static void draw_typing(struct ui *ui, struct rect area, const char *lead, bool url)
{
    int height = area.h < 360 ? 60 : 84;
    struct words words = {FONT_TEXT, COLOR_INK, PLACE_START, 2};
    if (area.h >= 330) {
        words.font =
            ui_fit(ui, rect_make(0, 0, area.w, area.h < 420 ? 36 : 76), words, lead);
        rect_cut_top(&area, ui_text(ui, area, words, lead) + 10);
    }
    struct rect field = rect_cut_top(&area, height);
    rect_cut_top(&area, area.h < 300 ? 12 : 26);
    area = rect_cut_bottom(&area, area.h > 460 ? 460 : area.h); /* where hands are */
    if (url) {
        draw_url_field(ui, field);
        ui_keyboard_address(ui, area);
    } else {
        draw_code_field(ui, field);
        ui_keyboard_code(ui, area);
    }
}

static void draw_main(struct ui *ui, const char *text, struct msg msg, bool ready)
{
    struct rect foot = ui_foot(ui);
    staff_main(ui, &foot, NULL, text, msg, ready);
}

/* Two facts and, if it belongs to one already, what changes. */
static void draw_check(struct ui *ui, struct rect at)
{
    const struct centre *centre = &ui->model->centre;
    const struct centre_form *form = &ui->model->staff.centre;
    struct words label = {FONT_NOTE, COLOR_MUTED, PLACE_START, 1};
    struct words value = {FONT_BIG, COLOR_INK, PLACE_START, 2};
    struct words note = {FONT_NOTE, COLOR_INK, PLACE_START, 4};
    char code[CENTRE_CODE_CHARS + GROUPS];
    struct buf b;
    buf_init(&b, code, sizeof code);
    buf_printf(&b, "%.4s-%.4s-%.4s-%.4s", form->code, form->code + 4, form->code + 8,
               form->code + 12);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 330 ? 18 : 34);
    if (centre->receipts.enrolled) {
        const char *text =
            UI_FILL(ui,
                    ui_tr(ui, "Dieser Kiosk gehört zu „{name}“. Danach gehen "
                              "alle Einträge an die neue Zentrale."),
                    TR_ARG("name", centre->name));
        note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h / 3), note, text);
        struct rect foot =
            rect_cut_bottom(&inside, ui_measure(ui, note, inside.w, text).height);
        ui_text(ui, foot, note, text);
        rect_cut_bottom(&inside, 14);
    }
    const struct {
        const char *label, *value;
    } facts[] = {{ui_tr(ui, "Adresse"), ui_own(ui, form->url)},
                 {ui_tr(ui, "Code"), ui_own(ui, code)}};
    int height = inside.h / (int)ARRAY_LEN(facts);
    for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
        struct rect row = rect_cut_top(&inside, height > 190 ? 190 : height);
        rect_cut_top(&row, ui_text(ui, row, label, facts[i].label) + 2);
        value.font = ui_fit(ui, row, value, facts[i].value);
        ui_text(ui, row, value, facts[i].value);
    }
}

static void view_url(struct ui *ui)
{
    const char *title = ui_tr(ui, "Adresse der Zentrale");
    ui_head(ui, title, NULL);
    draw_typing(ui, staff_area(ui),
                ui_tr(ui, "Du findest sie auf dem Blatt mit dem Code."), true);
    draw_main(ui, ui_tr(ui, "Weiter"), msg_make(MSG_CENTRE_STEP, CENTRE_CODE, 0),
              centre_url_ready(&ui->model->staff.centre));
}

static void view_code(struct ui *ui)
{
    const char *title = ui_tr(ui, "Code der Zentrale");
    ui_head(ui, title, NULL);
    draw_typing(ui, staff_area(ui), ui_tr(ui, "16 Zeichen in vier Gruppen."), false);
    draw_main(ui, ui_tr(ui, "Weiter"), msg_make(MSG_CENTRE_STEP, CENTRE_CHECK, 0),
              centre_code_ready(&ui->model->staff.centre));
}

static void view_check(struct ui *ui)
{
    const char *title = ui_tr(ui, "Stimmt das so?");
    bool saving = ui->model->staff.centre.saving;
    struct rect area = staff_area(ui);
    area.h = area.h > 440 ? 440 : area.h;
    ui_head(ui, title, NULL);
    draw_check(ui, area);
    struct rect foot = ui_foot(ui);
    if (!saving) {
        ui_foot_start(ui, &foot,
                      &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Ändern"),
                                       msg_make(MSG_CENTRE_STEP, CENTRE_URL, 0),
                                       FONT_BUTTON});
    }
    staff_main(ui, &foot, "check",
               ui_tr(ui, saving ? N_("Ich speichere …") : N_("Verbinden")),
               msg_make(MSG_CENTRE_ASK, 0, 0), !saving);
}

void centre_view_form(struct ui *ui)
{
    switch (ui->model->staff.centre.step) {
    case CENTRE_URL:
        view_url(ui);
        break;
    case CENTRE_CODE:
        view_code(ui);
        break;
    default:
        view_check(ui);
        break;
    }
}
