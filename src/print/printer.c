/* Opening a printer, and the one way in which requests go out and answers come in.
 *
 * libcups' own cupsConnectDest() and cupsPrintFile() are not used: they look
 * for printers by DNS-SD, ask a person for passwords, and tell of a job only
 * when all of it was sent. */
#include "print/ipp.h"

#include "base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_MS = 10000, SILENCE = 60 /* seconds */ };

static const char *no_password(const char *prompt, http_t *http, const char *method, const char *resource, void *ctx)
{
    (void)prompt, (void)http, (void)method, (void)resource, (void)ctx;
    return NULL; /* a batch asks nobody */
}

/* Called by libcups after each second without a byte; 0 gives up. */
static int on_silence(http_t *http, void *ctx)
{
    struct printer *p = ctx;
    (void)http;
    return !(p->stop && *p->stop) && ++p->silence < SILENCE;
}

/* Words from outside for people to read: no place for line breaks and a terminal's escapes. */
static void clean(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = ' ';
}

/* What libcups or the printer said last. */
static void keep_why(struct printer *p)
{
    snprintf(p->why, sizeof p->why, "%s", cupsLastErrorString());
    clean(p->why);
}

static bool connected(struct printer *p)
{
    if (p->http)
        return true;
    int cancel = 0;
    p->http = httpConnect2(p->host, p->port, NULL, AF_UNSPEC, p->encryption, 1, CONNECT_MS, &cancel);
    if (!p->http) {
        /* libcups says "Host is down" of every host that takes no connection. */
        if (strcmp(cupsLastErrorString(), strerror(EHOSTDOWN)) == 0)
            snprintf(p->why, sizeof p->why, _("no connection to %s, port %d"), p->host, p->port);
        else
            keep_why(p);
        return false;
    }
    httpSetTimeout(p->http, 1.0, on_silence, p);
    return true;
}

ipp_t *ipp_request(const struct printer *p, ipp_op_t op)
{
    ipp_t *r = ippNewRequest(op);
    ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, p->uri);
    return r;
}

static enum answer judge(ipp_status_t s)
{
    if (s < IPP_STATUS_REDIRECTION_OTHER_SITE)
        return ANSWER_OK;
    switch (s) {
    case IPP_STATUS_ERROR_BUSY:
    case IPP_STATUS_ERROR_TOO_MANY_JOBS:
    case IPP_STATUS_ERROR_TEMPORARY:
        return ANSWER_BUSY;
    case IPP_STATUS_ERROR_NOT_FOUND:
    case IPP_STATUS_ERROR_GONE:
        return ANSWER_UNKNOWN;
    default:
        return s >= IPP_STATUS_ERROR_INTERNAL ? ANSWER_FAILED : ANSWER_REFUSED;
    }
}

static bool send_all(struct printer *p, const void *data, size_t len)
{
    const char *at = data;
    while (len) {
        size_t piece = len < 65536 ? len : 65536;
        if ((p->stop && *p->stop) || cupsWriteRequestData(p->http, at, piece) != HTTP_STATUS_CONTINUE)
            return false;
        at += piece;
        len -= piece;
    }
    return true;
}

static void hang_up(struct printer *p)
{
    httpClose(p->http);
    p->http = NULL;
}

ipp_t *ipp_exchange(struct printer *p, ipp_t *request, const void *data, size_t len, enum answer *answer)
{
    ipp_t *response = NULL;
    *answer = ANSWER_LOST;
    p->silence = 0;
    if (connected(p)) {
        size_t length = ippLength(request) + len;
        /* libcups takes a closed connection up again by itself: a printer may hang up between two jobs. */
        if (cupsSendRequest(p->http, request, p->resource, length) == HTTP_STATUS_CONTINUE && send_all(p, data, len))
            response = cupsGetResponse(p->http, p->resource);
        if (response) {
            *answer = judge(ippGetStatusCode(response));
            if (*answer != ANSWER_OK)
                keep_why(p);
        } else {
            ipp_status_t last = cupsLastError();
            keep_why(p);
            if (last >= IPP_STATUS_ERROR_FORBIDDEN && last <= IPP_STATUS_ERROR_NOT_AUTHORIZED)
                *answer = ANSWER_REFUSED; /* HTTP itself asked for a password */
            hang_up(p);
        }
    }
    ippDelete(request);
    return response;
}

void ipp_text(ipp_t *from, const char *name, char *text, size_t size)
{
    ipp_words(from, name, NULL, text, size);
}

void ipp_words(ipp_t *from, const char *name, bool (*wanted)(const char *), char *text, size_t size)
{
    ipp_attribute_t *at = ippFindAttribute(from, name, IPP_TAG_ZERO);
    struct buf b = { 0 };
    for (int i = 0; at && i < ippGetCount(at); i++) {
        const char *s = ippGetString(at, i, NULL);
        if (s && (!wanted || wanted(s)))
            buf_printf(&b, "%s%s", b.len ? ", " : "", s);
    }
    size_t n = b.len < size ? b.len : size - 1;
    while (n < b.len && n > 0 && ((unsigned char)b.data[n] & 0xC0) == 0x80)
        n--;
    memcpy(text, b.data ? b.data : "", n);
    text[n] = '\0';
    clean(text);
    buf_clear(&b);
}

/* ---- opening ---- */

/* "ipp://host:port/path" taken apart, or a queue at the machine's CUPS. */
static bool find_address(struct printer *p, struct diag *d)
{
    char scheme[32], user[256], host[256], resource[1024], uri[1024];
    int port;
    if (!strstr(p->name, "://")) {
        p->host = arena_strdup(&p->arena, cupsServer());
        p->port = ippPort();
        p->encryption = cupsEncryption();
        p->resource = arena_printf(&p->arena, "/printers/%s", p->name);
        httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0, "/printers/%s", p->name);
        p->uri = arena_strdup(&p->arena, uri);
        return true;
    }
    if (httpSeparateURI(HTTP_URI_CODING_ALL, p->name, scheme, sizeof scheme, user, sizeof user, host, sizeof host, &port,
                        resource, sizeof resource) < HTTP_URI_STATUS_OK ||
        (strcmp(scheme, "ipp") != 0 && strcmp(scheme, "ipps") != 0)) {
        diag_error(d, (struct at){ 0 }, _("\"%s\" is no printer's address"), p->name);
        diag_expected(d, _("the name of a queue of CUPS, or an address such as ipp://host/ipp/print"));
        return false;
    }
    p->host = arena_strdup(&p->arena, host);
    p->port = port;
    p->encryption = strcmp(scheme, "ipps") == 0 ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED;
    p->resource = arena_strdup(&p->arena, resource);
    p->uri = arena_strdup(&p->arena, p->name);
    return true;
}

static enum answer ask_attributes(struct printer *p)
{
    static const char *const wanted[] = { "printer-description", "job-template", "media-col-database" };
    enum answer answer;
    ipp_t *r = ipp_request(p, IPP_OP_GET_PRINTER_ATTRIBUTES);
    ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 2, NULL, wanted);
    ippDelete(p->attributes);
    p->attributes = ipp_exchange(p, r, NULL, 0, &answer);
    return answer;
}

/* The queues that the machine's CUPS has, for a name that is none. */
static void tell_queues(struct printer *p, struct diag *d)
{
    enum answer answer;
    ipp_t *request = ippNewRequest(IPP_OP_CUPS_GET_PRINTERS);
    ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL, "printer-name");
    const char *resource = p->resource;
    struct buf names = { 0 };
    p->resource = "/";
    ipp_t *r = ipp_exchange(p, request, NULL, 0, &answer);
    p->resource = resource;
    for (ipp_attribute_t *at = r ? ippFindAttribute(r, "printer-name", IPP_TAG_NAME) : NULL; at;
         at = ippFindNextAttribute(r, "printer-name", IPP_TAG_NAME))
        buf_printf(&names, "%s%s", names.len ? ", " : "", ippGetString(at, 0, NULL));
    if (names.len)
        diag_expected(d, _("one of %s, or a printer's address (ipp://host/ipp/print)"), names.data);
    else
        diag_expected(d, _("a printer's address (ipp://host/ipp/print): CUPS has no queue"));
    buf_clear(&names);
    ippDelete(r);
}

static bool tell_missing(struct printer *p, enum answer answer, struct diag *d)
{
    struct at at = { 0 };
    bool queue = !strstr(p->name, "://");
    if (answer == ANSWER_LOST && queue) {
        diag_machine(d, at, _("no CUPS answers at %s (%s), so there is no queue \"%s\""), p->host, p->why, p->name);
        diag_expected(d, _("a running cupsd, or a printer's address (ipp://host/ipp/print)"));
    } else if (answer == ANSWER_LOST) {
        diag_machine(d, at, _("no printer answers at %s: %s"), p->name, p->why);
    } else if (answer == ANSWER_UNKNOWN && queue) {
        diag_error(d, at, _("there is no printer \"%s\""), p->name);
        tell_queues(p, d);
    } else {
        diag_error(d, at, _("the printer \"%s\" does not tell what it can: %s"), p->name, p->why);
    }
    return false;
}

static bool lists(ipp_t *attributes, const char *name, const char *value)
{
    ipp_attribute_t *at = ippFindAttribute(attributes, name, IPP_TAG_ZERO);
    return at && ippContainsString(at, value);
}

static bool can_print(struct printer *p, struct diag *d)
{
    struct at at = { 0 };
    char text[512];
    ipp_attribute_t *operations = ippFindAttribute(p->attributes, "operations-supported", IPP_TAG_ENUM);
    if (!lists(p->attributes, "document-format-supported", "application/pdf")) {
        ipp_text(p->attributes, "document-format-supported", text, sizeof text);
        diag_error(d, at, _("the printer \"%s\" takes no PDF, only %s"), p->name, text);
        diag_expected(d, _("a printer that takes PDF, or a queue of CUPS, which makes what the printer takes"));
    } else if (operations && (!ippContainsInteger(operations, IPP_OP_CREATE_JOB) ||
                              !ippContainsInteger(operations, IPP_OP_SEND_DOCUMENT))) {
        diag_error(d, at, _("the printer \"%s\" knows no Create-Job, without which nothing could be resumed safely"), p->name);
        diag_expected(d, _("the printer as a queue of CUPS"));
    } else {
        ipp_attribute_t *accepts = ippFindAttribute(p->attributes, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
        if (!accepts || ippGetBoolean(accepts, 0))
            return true;
        ipp_text(p->attributes, "printer-state-message", text, sizeof text);
        diag_error(d, at, _("the printer \"%s\" accepts no jobs now: %s"), p->name, text);
    }
    return false;
}

struct printer *printer_open(const char *name, struct diag *d)
{
    struct printer *p = xcalloc(1, sizeof *p);
    p->name = arena_strdup(&p->arena, name);
    cupsSetPasswordCB2(no_password, NULL);
    if (find_address(p, d)) {
        enum answer answer = ask_attributes(p);
        if (answer == ANSWER_OK ? can_print(p, d) : tell_missing(p, answer, d))
            return p;
    }
    printer_close(p);
    return NULL;
}

void printer_close(struct printer *p)
{
    if (!p)
        return;
    ippDelete(p->attributes);
    httpClose(p->http);
    arena_clear(&p->arena);
    free(p);
}

const char *printer_uri(const struct printer *p)
{
    return p->uri;
}

const char *printer_why(const struct printer *p)
{
    return p->why;
}

void printer_heed(struct printer *p, const volatile int *stop)
{
    p->stop = stop;
}
