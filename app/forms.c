#include "forms.h"

#include "base/asset.h"

#include <stdlib.h>

struct forms {
    struct form_set set;
    struct evaluation_form forms[];
};

static bool is_form(const struct asset *asset)
{
    return str_starts(str_of(asset->name), STR("forms/"));
}

static size_t count_forms(void)
{
    size_t count = 0;
    for (size_t i = 0; i < asset_count(); i++) {
        count += is_form(asset_at(i));
    }
    return count;
}

/* Files are sorted by name, not by version. */
static enum err insert(struct forms *forms, const struct asset *asset, struct buf *why)
{
    struct evaluation_form *all = forms->forms;
    size_t at = forms->set.count;
    struct str text = {(const char *)asset->data, asset->len};
    enum err err = evaluation_form_load(text, why, &all[at]);
    while (err == ERR_OK && at > 0 && all[at - 1].version >= all[at].version) {
        struct evaluation_form later = all[at - 1];
        err = later.version == all[at].version ? ERR_CONFLICT : ERR_OK;
        all[at - 1] = all[at];
        all[at] = later;
        at--;
    }
    if (err != ERR_OK) {
        buf_printf(why, " (%s)", asset->name);
        return err;
    }
    forms->set.count++;
    return ERR_OK;
}

enum err forms_open(struct buf *why, struct forms **forms_out)
{
    size_t count = count_forms();
    struct forms *forms = calloc(1, sizeof *forms + count * sizeof forms->forms[0]);
    enum err err = forms == NULL ? ERR_FULL : ERR_OK;
    for (size_t i = 0; i < asset_count() && err == ERR_OK; i++) {
        if (is_form(asset_at(i))) {
            err = insert(forms, asset_at(i), why);
        }
    }
    if (err != ERR_OK) {
        free(forms);
        return err;
    }
    forms->set.forms = forms->forms;
    *forms_out = forms;
    return ERR_OK;
}

void forms_close(struct forms *forms)
{
    free(forms);
}

const struct form_set *forms_set(const struct forms *forms)
{
    return &forms->set;
}
