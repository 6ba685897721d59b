/* print/printer.h -- a printer that is spoken to by IPP (RFC 8011), through libcups.
 *
 * A queue of CUPS and a printer on the network are the same here: an address
 * that answers IPP.  A job is made empty first (Create-Job) and gets its
 * document afterwards (Send-Document), so that its number can be noted before
 * anything of it can be printed: that is what makes `--resume` safe.
 *
 *     struct printer *p = printer_open("ipp://in-1.local/ipp/print", d);
 *     if (printer_create(p, "Phiếu điểm Lào Cai", &ticket, media, &id) == ANSWER_OK)
 *         printer_send(p, id, "lao-cai.pdf", data, len);
 *     printer_job(p, id, &job);
 *     printer_close(p);
 */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H
#include "base/diag.h"

struct printer;

/* How a request went. */
enum answer {
    ANSWER_OK,
    ANSWER_BUSY,      /* not now: it has another job in hand */
    ANSWER_FAILED,    /* its own trouble; may go another time */
    ANSWER_REFUSED,   /* it will not do that, now or later */
    ANSWER_UNKNOWN,   /* it knows no such job */
    ANSWER_LOST,      /* it does not answer */
};

/* Of a job, in the order of RFC 8011, 5.3.7; JOB_EMPTY is one that waits for its document. */
enum job_state { JOB_EMPTY, JOB_PENDING, JOB_HELD, JOB_PROCESSING, JOB_STOPPED, JOB_CANCELED, JOB_ABORTED, JOB_COMPLETED };
struct job {
    int id;
    enum job_state state;
    char name[256], uuid[64];  /* uuid "": it tells none */
    char reasons[256];         /* "job-printing, printer-stopped"; "": none */
    char message[256];         /* in words; "": none */
};
/* "processing": for people, translated. */
const char *job_state_name(enum job_state s);
/* The same job as the one noted: by uuid, else by name. */
bool job_is(const struct job *j, const char *uuid, const char *name);

/* What is asked of the printer for every job; NULL, 0: as it is set up. IPP's words. */
struct ticket {
    int copies;
    const char *sides;         /* "two-sided-long-edge" */
    const char *tray;          /* "tray-1" */
    const char *media;         /* "iso_a4_210x297mm"; NULL: by the document's pages */
    const char *color;         /* "auto", "monochrome", "color" */
    const char *collate;       /* "separate-documents-collated-copies" */
};

/* Opens a queue of this machine's CUPS by its name, or the printer at an ipp:
 * or ipps: address, and asks what it can. NULL after a report if there is no
 * such printer, if it takes no PDF, or if it accepts no jobs. */
struct printer *printer_open(const char *name, struct diag *d);
void printer_close(struct printer *p); /* NULL is fine */
const char *printer_uri(const struct printer *p);
/* What the last answer that was not ANSWER_OK said. */
const char *printer_why(const struct printer *p);
/* Looked at while waiting for the printer; once it is not 0, requests end as ANSWER_LOST. */
void printer_heed(struct printer *p, const volatile int *stop);

/* Holds the words that people use against what the printer supports and
 * puts IPP's in their place, in the printer's memory: sides one, two-long,
 * two-short; color auto, mono, color; collate yes, no; media A4 or a PWG name.
 * Every misfit is an error that names what it supports. */
bool printer_check(struct printer *p, struct ticket *t, struct diag *d);
/* Its name for paper of this size in pt, upright or across; NULL: it has none. */
const char *printer_media(struct printer *p, double width, double height);
/* What paper it supports, in short names, in the printer's memory; NULL: it tells of none. */
const char *printer_media_list(struct printer *p);

enum answer printer_create(struct printer *p, const char *name, const struct ticket *t, const char *media, int *id);
enum answer printer_send(struct printer *p, int id, const char *file, const void *data, size_t len);
enum answer printer_job(struct printer *p, int id, struct job *job);
enum answer printer_cancel(struct printer *p, int id);
/* This user's jobs that are not over, `*n` of them, in the printer's memory. */
enum answer printer_jobs(struct printer *p, struct job **jobs, size_t *n);
/* Its state and reasons in words, "stopped: media-empty"; "": it is well or does not say. */
enum answer printer_state(struct printer *p, char *text, size_t size, bool *stopped);
#endif
