/* card/tree.h -- building the card's tree. What has nothing to say is left out. */
#ifndef CARD_TREE_H
#define CARD_TREE_H
#include <libxml/tree.h>
#include <stdbool.h>

/* A document with its root element. Out of memory ends the program. */
xmlDocPtr tree_new(const char *root);
xmlNodePtr tree_add(xmlNodePtr parent, const char *name);
/* Bytes that XML cannot hold (control characters, broken UTF-8) are dropped. */
void tree_text(xmlNodePtr node, const char *text);
void tree_set(xmlNodePtr node, const char *name, const char *value); /* NULL and "": nothing */
/* "42.1075": up to 6 decimals without trailing zeros; its length, 0 for what is no number. */
enum { NUMBER_SIZE = 352 };
size_t number_write(char out[NUMBER_SIZE], double value);
void tree_number(xmlNodePtr node, const char *name, double value);   /* up to 6 decimals; NAN: nothing */
void tree_int(xmlNodePtr node, const char *name, long value);
void tree_count(xmlNodePtr node, const char *name, long value);      /* 0: nothing */
void tree_flag(xmlNodePtr node, const char *name, bool value);       /* "true" or nothing */
void tree_id(xmlNodePtr node, const char *name, char letter, long long number); /* "f12" */
#endif
