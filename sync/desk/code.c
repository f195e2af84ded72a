/* anlauf-server code CENTRE: a one-time code with which a kiosk enrols. */
#include "desk/files.h"
#include "desk/id.h"
#include "desk/picture.h"

#include <unistd.h>

enum { OPTION_QR, OPTION_URL };

/* NULL: none is known. False: the one that was given is not valid; complains. */
static bool find_url(struct desk *desk, const struct subcommand_args *args,
                     char memory[FILES_URL_SIZE], const char **url_out)
{
    *url_out = args->options[OPTION_URL];
    if (*url_out == NULL && files_url_read(desk, memory)) {
        *url_out = memory;
    }
    if (*url_out != NULL && !enrol_url_valid(str_of(*url_out))) {
        desk_complain(desk, "%s: must be like https://centre.example:8600", *url_out);
        return false;
    }
    if (*url_out == NULL && args->options[OPTION_QR] != NULL) {
        desk_complain(desk, "a QR code needs --url, where kiosks find the server");
        return false;
    }
    return true;
}

static enum desk_exit show(struct desk *desk, const struct enrol_code *code, const char *url,
                           const char *picture)
{
    char text[ENROL_CODE_TEXT_SIZE], qr_text[ENROL_QR_SIZE];
    struct qr qr;
    enrol_code_format(code, text);
    fprintf(desk->out, "%s\n", text);
    if (url == NULL) {
        return DESK_OK;
    }
    if (enrol_qr_format(code, str_of(url), qr_text) != ERR_OK ||
        qr_encode(str_of(qr_text), &qr) != ERR_OK) {
        desk_complain(desk, "no QR code can be made");
        return DESK_FAILED;
    }
    fprintf(desk->out, "%s\n", qr_text);
    if (isatty(fileno(desk->out)) == 1) {
        picture_print(desk->out, &qr);
    }
    if (picture != NULL && picture_write(picture, &qr) != ERR_OK) {
        desk_complain(desk, "%s: the picture cannot be written", picture);
        return DESK_FAILED;
    }
    return DESK_OK;
}

static enum desk_exit run(struct desk *desk, const struct subcommand_args *args)
{
    char memory[FILES_URL_SIZE];
    const char *url = NULL;
    struct desk_data data;
    struct enrol_code code;
    struct uid centre;
    if (!find_url(desk, args, memory, &url)) {
        return DESK_USAGE;
    }
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    enum desk_exit result = DESK_FAILED;
    if (id_find_centre(desk, &data.admin, args->words[0], &centre)) {
        enum err err = admin_code_make(&data.admin, centre, &code);
        result = desk_result(desk, &data, err, NULL);
    }
    desk_close(&data);
    return result == DESK_OK ? show(desk, &code, url, args->options[OPTION_QR]) : result;
}

static const struct subcommand_option options[] = {
    [OPTION_QR] = {"qr", "FILE.png", "also writes the QR code as a picture"},
    [OPTION_URL] = {"url", "URL", "where kiosks find the server; else as serve"},
    {0},
};

const struct command command_code = {
    .call.first = "code",
    .call.words = {"CENTRE"},
    .call.help = "Makes a code with which one kiosk enrols, once, within 24 hours. "
                 "Prints it, and\n"
                 "the text of its QR code; on a terminal also the QR code itself.",
    .call.options = options,
    .run = run,
};
