/* Jobs: made empty, given their document, asked after. */
#include "print/ipp.h"

#include <string.h>

static const char *const names[] = {
    [JOB_EMPTY] = N_("without its document"), [JOB_PENDING] = N_("pending"), [JOB_HELD] = N_("held"),
    [JOB_PROCESSING] = N_("processing"), [JOB_STOPPED] = N_("stopped"), [JOB_CANCELED] = N_("canceled"),
    [JOB_ABORTED] = N_("aborted"), [JOB_COMPLETED] = N_("completed"),
};

const char *job_state_name(enum job_state s)
{
    return _(names[s]);
}

bool job_is(const struct job *j, const char *uuid, const char *name)
{
    return uuid && *uuid && *j->uuid ? strcmp(j->uuid, uuid) == 0 : strcmp(j->name, name) == 0;
}

static ipp_t *job_request(const struct printer *p, ipp_op_t op, int id)
{
    ipp_t *r = ipp_request(p, op);
    ippAddInteger(r, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
    return r;
}

static int integer(ipp_t *from, const char *name, int otherwise)
{
    ipp_attribute_t *at = ippFindAttribute(from, name, IPP_TAG_ZERO);
    ipp_tag_t tag = at ? ippGetValueTag(at) : IPP_TAG_ZERO;
    return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(at, 0) : otherwise;
}

/* At most 255 bytes of `name`, cut between characters. */
static const char *cut(const char *name, char out[256])
{
    size_t n = strlen(name);
    if (n > 255)
        for (n = 255; n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80;)
            n--;
    memcpy(out, name, n);
    out[n] = '\0';
    return out;
}

enum answer printer_create(struct printer *p, const char *name, const struct ticket *t, const char *media, int *id)
{
    enum answer answer;
    char short_name[256];
    ipp_t *r = ipp_request(p, IPP_OP_CREATE_JOB);
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, cut(name, short_name));
    /* Better no job than one on other paper, or on one side. */
    ippAddBoolean(r, IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
    ticket_apply(p, t, media, r);
    ipp_t *response = ipp_exchange(p, r, NULL, 0, &answer);
    *id = response ? integer(response, "job-id", 0) : 0;
    if (answer == ANSWER_OK && *id <= 0) {
        snprintf(p->why, sizeof p->why, "%s", _("it gave the job no number"));
        answer = ANSWER_FAILED;
    }
    ippDelete(response);
    return answer;
}

enum answer printer_send(struct printer *p, int id, const char *file, const void *data, size_t len)
{
    enum answer answer;
    char short_name[256];
    ipp_t *r = job_request(p, IPP_OP_SEND_DOCUMENT, id);
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "document-name", NULL, cut(file, short_name));
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
    ippAddBoolean(r, IPP_TAG_OPERATION, "last-document", 1);
    ippDelete(ipp_exchange(p, r, data, len, &answer));
    return answer;
}

static bool is_empty(ipp_t *r)
{
    ipp_attribute_t *reasons = ippFindAttribute(r, "job-state-reasons", IPP_TAG_KEYWORD);
    return integer(r, "number-of-documents", 1) == 0 ||
           (reasons && (ippContainsString(reasons, "job-data-insufficient") || ippContainsString(reasons, "job-incoming")));
}

static void read_job(ipp_t *r, struct job *job)
{
    static const enum job_state states[] = {
        [IPP_JSTATE_PENDING] = JOB_PENDING, [IPP_JSTATE_HELD] = JOB_HELD, [IPP_JSTATE_PROCESSING] = JOB_PROCESSING,
        [IPP_JSTATE_STOPPED] = JOB_STOPPED, [IPP_JSTATE_CANCELED] = JOB_CANCELED, [IPP_JSTATE_ABORTED] = JOB_ABORTED,
        [IPP_JSTATE_COMPLETED] = JOB_COMPLETED,
    };
    int state = integer(r, "job-state", IPP_JSTATE_PENDING);
    *job = (struct job){ .id = integer(r, "job-id", 0) };
    job->state = state >= IPP_JSTATE_PENDING && state <= IPP_JSTATE_COMPLETED ? states[state] : JOB_PENDING;
    if ((job->state == JOB_HELD || job->state == JOB_PENDING) && is_empty(r))
        job->state = JOB_EMPTY;
    ipp_text(r, "job-name", job->name, sizeof job->name);
    ipp_text(r, "job-uuid", job->uuid, sizeof job->uuid);
    ipp_text(r, "job-state-reasons", job->reasons, sizeof job->reasons);
    ipp_text(r, "job-state-message", job->message, sizeof job->message);
    if (strcmp(job->reasons, "none") == 0)
        job->reasons[0] = '\0';
}

static const char *const wanted[] = { "job-id", "job-name", "job-uuid", "job-state", "job-state-reasons",
                                      "job-state-message", "number-of-documents" };
enum { WANTED = sizeof wanted / sizeof *wanted };

enum answer printer_job(struct printer *p, int id, struct job *job)
{
    enum answer answer;
    ipp_t *r = job_request(p, IPP_OP_GET_JOB_ATTRIBUTES, id);
    ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", WANTED, NULL, wanted);
    ipp_t *response = ipp_exchange(p, r, NULL, 0, &answer);
    if (answer == ANSWER_OK)
        read_job(response, job);
    ippDelete(response);
    return answer;
}

enum answer printer_cancel(struct printer *p, int id)
{
    enum answer answer;
    ippDelete(ipp_exchange(p, job_request(p, IPP_OP_CANCEL_JOB, id), NULL, 0, &answer));
    return answer;
}

/* One job's group of attributes as a message of its own. */
static ipp_attribute_t *take_group(ipp_t *from, ipp_attribute_t *at, ipp_t *to)
{
    for (; at && ippGetGroupTag(at) == IPP_TAG_JOB; at = ippNextAttribute(from))
        ippCopyAttribute(to, at, 0);
    return at;
}

enum answer printer_jobs(struct printer *p, struct job **jobs, size_t *n)
{
    enum answer answer;
    size_t cap = 0;
    ipp_t *r = ipp_request(p, IPP_OP_GET_JOBS);
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "not-completed");
    ippAddBoolean(r, IPP_TAG_OPERATION, "my-jobs", 1);
    ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", WANTED, NULL, wanted);
    ipp_t *response = ipp_exchange(p, r, NULL, 0, &answer);
    *jobs = NULL;
    *n = 0;
    for (ipp_attribute_t *at = response ? ippFirstAttribute(response) : NULL; at; at = at ? ippNextAttribute(response) : NULL) {
        if (ippGetGroupTag(at) != IPP_TAG_JOB)
            continue;
        ipp_t *one = ippNew();
        at = take_group(response, at, one);
        read_job(one, ARENA_PUSH(&p->arena, *jobs, *n, cap));
        ippDelete(one);
    }
    ippDelete(response);
    return answer;
}

/* Not what only tells of work going on. */
static bool is_trouble(const char *reason)
{
    size_t n = strlen(reason);
    return strcmp(reason, "none") != 0 && strncmp(reason, "cups-", 5) != 0 &&
           (n <= 7 || strcmp(reason + n - 7, "-report") != 0);
}

enum answer printer_state(struct printer *p, char *text, size_t size, bool *stopped)
{
    static const char *const of_printer[] = { "printer-state", "printer-state-reasons", "printer-state-message" };
    enum answer answer;
    ipp_t *r = ipp_request(p, IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 3, NULL, of_printer);
    ipp_t *response = ipp_exchange(p, r, NULL, 0, &answer);
    text[0] = '\0';
    *stopped = false;
    if (answer == ANSWER_OK) {
        char reasons[256];
        *stopped = integer(response, "printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_STOPPED;
        ipp_words(response, "printer-state-reasons", is_trouble, reasons, sizeof reasons);
        if (*stopped && *reasons)
            snprintf(text, size, "%s: %s", _("stopped"), reasons);
        else if (*stopped || *reasons)
            snprintf(text, size, "%s", *stopped ? _("stopped") : reasons);
    }
    ippDelete(response);
    return answer;
}
