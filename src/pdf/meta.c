/* What the file says of itself: XMP, the Info dictionary, the output intent. */
#include "base/file.h"
#include "pdf/parts.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define RECORD_NAMESPACE "urn:phieudiem:record:1#"

/* ---- dates ---- */

/* An ISO 8601 date or time, "2024", "2024-07", "2024-07-15", "2024-07-15T08:30:00+07:00" or
 * "...Z"; as XMP writes it, it is the same, and a PDF date (7.9.4) has the digits alone. */
static bool is_date(const char *s)
{
    static const char *const forms[] = { "0000", "0000-00", "0000-00-00", "0000-00-00T00:00:00Z",
                                         "0000-00-00T00:00:00+00:00" };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t k = 0, n = strlen(forms[i]);
        if (!s || strlen(s) != n)
            continue;
        while (k < n && (forms[i][k] == '0' ? s[k] >= '0' && s[k] <= '9'
                                            : s[k] == forms[i][k] || (s[k] == '-' && forms[i][k] == '+')))
            k++;
        if (k == n)
            return true;
    }
    return false;
}

static void put_pdf_date(struct buf *out, const char *iso)
{
    size_t n = strlen(iso);
    buf_str(out, "D:");
    for (size_t i = 0; i < n && i < 19; i++)
        if (iso[i] >= '0' && iso[i] <= '9')
            buf_char(out, iso[i]);
    if (n == 20)
        buf_char(out, 'Z');
    else if (n == 25)
        buf_printf(out, "%.3s'%.2s'", iso + 19, iso + 23);
}

/* ---- the Info dictionary ---- */

HPDF_Dict meta_info(struct objects *o, const struct pdf_info *info)
{
    HPDF_Dict dict = objects_dict(o);
    struct buf date = { 0 };

    objects_string(o, dict, "Title", info->title);
    objects_string(o, dict, "Author", info->author);
    objects_string(o, dict, "Subject", info->subject);
    objects_string(o, dict, "Keywords", info->keywords);
    objects_string(o, dict, "Creator", info->producer);
    objects_string(o, dict, "Producer", info->producer);
    if (is_date(info->date)) {
        put_pdf_date(&date, info->date);
        objects_string(o, dict, "CreationDate", date.data);
        objects_string(o, dict, "ModDate", date.data);
    }
    buf_clear(&date);
    return dict;
}

/* ---- XMP ---- */

static void put_element(struct buf *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(out, "<%s>", name);
    buf_xml(out, value);
    buf_printf(out, "</%s>\n", name);
}

static void put_container(struct buf *out, const char *name, const char *kind, const char *item, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(out, "<%s><rdf:%s><rdf:%s>", name, kind, item);
    buf_xml(out, value);
    buf_printf(out, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/* PDF/A-3 knows no namespace for PDF/UA, nor ours: their schemas must be described (ISO 19005-3, 6.6.2.3). */
static const char ua_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>";

enum record_kind { RECORD_TEXT, RECORD_DATE };
static const struct record_property {
    const char *name, *what;
    enum record_kind kind;
    size_t offset;
} record_properties[] = {
    { "issuer", "Body that issues the document", RECORD_TEXT, offsetof(struct record, issuer) },
    { "report", "Number and symbol of the report that the document is or is annexed to", RECORD_TEXT,
      offsetof(struct record, report) },
    { "reportDate", "Date of that report", RECORD_DATE, offsetof(struct record, report_date) },
    { "period", "Period that the figures are of", RECORD_TEXT, offsetof(struct record, period) },
    { "place", "Place that the figures are of", RECORD_TEXT, offsetof(struct record, place) },
    { "placeCode", "Code of that place in the national list of administrative units", RECORD_TEXT,
      offsetof(struct record, place_code) },
};
enum { N_RECORD = sizeof record_properties / sizeof *record_properties };

static const char *record_value(const struct record *r, const struct record_property *p)
{
    const char *value = *(const char *const *)((const char *)r + p->offset);
    return value && *value && (p->kind != RECORD_DATE || is_date(value)) ? value : NULL;
}

static bool has_record(const struct record *r)
{
    for (size_t i = 0; i < N_RECORD; i++)
        if (record_value(r, &record_properties[i]))
            return true;
    return false;
}

static void put_record(struct buf *x, const struct record *r)
{
    for (size_t i = 0; i < N_RECORD; i++) {
        char name[32];
        snprintf(name, sizeof name, "phdm:%s", record_properties[i].name);
        put_element(x, name, record_value(r, &record_properties[i]));
    }
}

static void put_record_schema(struct buf *x)
{
    buf_str(x, "\n<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Record of an office</pdfaSchema:schema>"
               "<pdfaSchema:namespaceURI>" RECORD_NAMESPACE "</pdfaSchema:namespaceURI>"
               "<pdfaSchema:prefix>phdm</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>");
    for (size_t i = 0; i < N_RECORD; i++)
        buf_printf(x, "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>%s</pdfaProperty:name>"
                      "<pdfaProperty:valueType>%s</pdfaProperty:valueType><pdfaProperty:category>external"
                      "</pdfaProperty:category><pdfaProperty:description>%s</pdfaProperty:description></rdf:li>",
                   record_properties[i].name, record_properties[i].kind == RECORD_DATE ? "Date" : "Text",
                   record_properties[i].what);
    buf_str(x, "</rdf:Seq></pdfaSchema:property></rdf:li>");
}

unsigned meta_xmp(struct objects *o, const struct pdf_info *info)
{
    struct buf x = { 0 };
    unsigned number = objects_reserve(o);

    buf_str(&x, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\""
                " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    if (has_record(&info->record))
        buf_str(&x, " xmlns:phdm=\"" RECORD_NAMESPACE "\"");
    buf_str(&x, ">\n"
                "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
                "<pdfuaid:part>1</pdfuaid:part>\n<dc:format>application/pdf</dc:format>\n");
    put_container(&x, "dc:title", "Alt", "li xml:lang=\"x-default\"", info->title);
    put_container(&x, "dc:creator", "Seq", "li", info->author);
    put_container(&x, "dc:description", "Alt", "li xml:lang=\"x-default\"", info->subject);
    put_container(&x, "dc:language", "Bag", "li", info->lang);
    put_element(&x, "pdf:Keywords", info->keywords);
    put_element(&x, "pdf:Producer", info->producer);
    put_element(&x, "xmp:CreatorTool", info->producer);
    if (is_date(info->date)) {
        put_element(&x, "xmp:CreateDate", info->date);
        put_element(&x, "xmp:ModifyDate", info->date);
    }
    put_record(&x, &info->record);
    buf_str(&x, ua_schema);
    if (has_record(&info->record))
        put_record_schema(&x);
    buf_str(&x, "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    /* Left plain, so that programs that know no PDF find it. */
    objects_stream(o, number, "/Type/Metadata/Subtype/XML", x.data, x.len, true);
    buf_clear(&x);
    return number;
}

/* ---- the output intent ---- */

static void put32(struct buf *out, uint32_t v)
{
    const char bytes[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };
    buf_add(out, bytes, 4);
}

static void put_xyz(struct buf *out, double x, double y, double z)
{
    const double v[3] = { x, y, z };
    buf_add(out, "XYZ \0\0\0\0", 8);
    for (int i = 0; i < 3; i++)
        put32(out, (uint32_t)lround(v[i] * 65536));
}

/* The curve of IEC 61966-2-1 at 64 points: between them straight lines are off by less than 1/10000. */
static void put_curve(struct buf *out)
{
    enum { POINTS = 64 };
    buf_add(out, "curv\0\0\0\0", 8);
    put32(out, POINTS);
    for (int i = 0; i < POINTS; i++) {
        double v = (double)i / (POINTS - 1), linear = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        long point = lround(linear * 65535);
        buf_char(out, (char)(point >> 8));
        buf_char(out, (char)point);
    }
}

static void put_description(struct buf *out, const char *name)
{
    static const char empty[4 + 4 + 2 + 1 + 67] = { 0 }; /* no Unicode, no Macintosh name */
    buf_add(out, "desc\0\0\0\0", 8);
    put32(out, (uint32_t)strlen(name) + 1);
    buf_add(out, name, strlen(name) + 1);
    buf_add(out, empty, sizeof empty);
}

/* A display profile of version 2 (ICC.1:2001-04): three primaries adapted to D50, one curve. */
static void make_profile(struct buf *out)
{
    static const char *const tags[] = { "desc", "cprt", "wtpt", "rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC" };
    struct buf data = { 0 };
    uint32_t start[9], size[9], base = 128 + 4 + 9 * 12;

    for (int i = 0; i < 9; i++) {
        start[i] = (uint32_t)data.len;
        switch (i) {
        case 0: put_description(&data, "sRGB"); break;
        case 1: buf_add(&data, "text\0\0\0\0Public domain", 22); break;
        case 2: put_xyz(&data, 0.9642, 1, 0.8249); break;
        case 3: put_xyz(&data, 0.4360747, 0.2225045, 0.0139322); break;
        case 4: put_xyz(&data, 0.3850649, 0.7168786, 0.0971045); break;
        case 5: put_xyz(&data, 0.1430804, 0.0606169, 0.7141733); break;
        case 6: put_curve(&data); break;
        default: start[i] = start[6]; /* one curve for all three */
        }
        size[i] = i > 6 ? size[6] : (uint32_t)data.len - start[i];
        while (data.len % 4)
            buf_char(&data, 0);
    }
    put32(out, base + (uint32_t)data.len);
    buf_add(out, "\0\0\0\0\2\x10\0\0mntrRGB XYZ \7\xD0\0\1\0\1\0\0\0\0\0\0acsp", 36);
    for (int i = 40; i < 68; i += 4)
        put32(out, 0);
    put32(out, 0x0000F6D6), put32(out, 0x00010000), put32(out, 0x0000D32D); /* D50 */
    for (int i = 80; i < 128; i += 4)
        put32(out, 0);
    put32(out, 9);
    for (int i = 0; i < 9; i++) {
        buf_str(out, tags[i]);
        put32(out, base + start[i]);
        put32(out, size[i]);
    }
    buf_add(out, data.data, data.len);
    buf_clear(&data);
}

unsigned meta_output_intent(struct objects *o)
{
    struct buf b = { 0 };
    unsigned profile = objects_reserve(o), intent = objects_reserve(o);

    make_profile(&b);
    objects_stream(o, profile, "/N 3", b.data, b.len, true);
    buf_reset(&b);
    buf_printf(&b, "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
                   "/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>]", profile);
    objects_text(o, intent, b.data, b.len);
    buf_clear(&b);
    return intent;
}

/* ---- attached files ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry_file *)a)->name, ((const struct entry_file *)b)->name);
}

static void put_name_escaped(struct buf *out, const char *s)
{
    buf_char(out, '/');
    for (; *s; s++)
        if (strchr("()<>[]{}/%#", *s) || *s <= ' ' || *s > '~')
            buf_printf(out, "#%02X", (unsigned char)*s);
        else
            buf_char(out, *s);
}

/* The file specification of one file (7.11.3), with its bytes as a stream. */
unsigned attach_file(struct objects *o, const struct attachment *a, const char *date)
{
    struct buf b = { 0 };
    unsigned file = objects_reserve(o), spec = objects_reserve(o);

    buf_str(&b, "/Type/EmbeddedFile/Subtype");
    put_name_escaped(&b, a->mime && *a->mime ? a->mime : "application/octet-stream");
    char hash[65];
    file_sha256(a->data, a->len, hash);
    buf_printf(&b, "/Params<</Size %zu/PHDM_SHA256(%s)", a->len, hash);
    if (is_date(date)) {
        buf_str(&b, "/ModDate(");
        put_pdf_date(&b, date);
        buf_char(&b, ')');
    }
    buf_str(&b, ">>");
    objects_stream(o, file, b.data, a->data, a->len, true);
    buf_reset(&b);
    buf_str(&b, "<</Type/Filespec/F");
    objects_put_string(&b, a->name);
    buf_str(&b, "/UF");
    objects_put_string(&b, a->name);
    if (a->description && *a->description) {
        buf_str(&b, "/Desc");
        objects_put_string(&b, a->description);
    }
    buf_str(&b, "/AFRelationship");
    put_name_escaped(&b, a->relationship && *a->relationship ? a->relationship : "Data");
    buf_printf(&b, "/EF<</F %u 0 R/UF %u 0 R>>>>", file, file);
    objects_text(o, spec, b.data, b.len);
    buf_clear(&b);
    return spec;
}

bool attach_write(struct pdf *pdf, unsigned *array, unsigned *names, struct diag *d)
{
    struct objects *o = &pdf->objects;
    struct buf specs = { 0 }, tree = { 0 };
    bool done = true;

    *array = *names = 0;
    if (!pdf->n_files)
        return true;
    qsort(pdf->files, pdf->n_files, sizeof *pdf->files, by_name);
    buf_char(&specs, '[');
    buf_str(&tree, "<</Names[");
    for (size_t i = 0; i < pdf->n_files; i++) {
        const struct entry_file *f = &pdf->files[i];
        if (i && strcmp(f->name, f[-1].name) == 0) {
            diag_error(d, (struct at){ .file = f->name }, _("two attached files have this name"));
            done = false;
            continue;
        }
        buf_printf(&specs, " %u 0 R", f->spec);
        objects_put_string(&tree, f->name);
        buf_printf(&tree, "%u 0 R", f->spec);
    }
    buf_char(&specs, ']');
    buf_str(&tree, "]>>");
    *array = objects_reserve(o);
    *names = objects_reserve(o);
    objects_text(o, *array, specs.data, specs.len);
    objects_text(o, *names, tree.data, tree.len);
    buf_clear(&specs);
    buf_clear(&tree);
    return done;
}
