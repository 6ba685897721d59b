/* Whether the bytes are those that were written: signatures, and the seals of the file, of
 * its pages and of what is attached. */
#include "proof/internal.h"

#include "pdf/sign.h"

/* Whether there is a signature that covers the whole file. */
static bool check_signatures(struct proof *p)
{
    const struct signature *list;
    bool covered = false;

    sign_check(p->r, &list, &p->signatures);
    for (size_t i = 0; i < p->signatures; i++) {
        if (!list[i].sound)
            diag_error(p->d, p->at, _("signature %zu does not fit: the file was changed after it was signed"), i + 1);
        else
            p->signer = list[i].signer, p->stamped = list[i].stamped;
        if (list[i].stamp_fault)
            diag_error(p->d, p->at, _("the timestamp of signature %zu: %s"), i + 1, list[i].stamp_fault);
        covered |= list[i].sound && list[i].whole;
    }
    if (p->signatures && !covered)
        diag_error(p->d, p->at, _("no signature covers the whole file: something was added after the last one"));
    return covered;
}

void seals_check(struct proof *p)
{
    enum seal seal = reader_seal(p->r);
    size_t named = 0;

    for (size_t i = 0; i < reader_pages(p->r); i++)
        if (!reader_page_sealed(p->r, i)) {
            diag_error(p->d, p->at, _("page %zu was changed after it was made"), i + 1);
            named++;
        }
    for (size_t i = 0; i < p->n_files; i++)
        if (!reader_attachment_sealed(p->r, &p->files[i])) {
            diag_error(p->d, p->at, _("the attached file \"%s\" was changed after it was made"), p->files[i].name);
            named++;
        }
    if (seal == SEAL_BROKEN && !named)
        diag_error(p->d, p->at, _("the file was changed or saved again after it was made"));
    if (!check_signatures(p) && seal == SEAL_APPENDED)
        diag_note(p->d, p->at, _("an update was appended (a signature, or a change): the first state is whole"));
}
