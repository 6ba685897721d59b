/* layout/quick_op.h -- an expression of our own as it is compiled: what quick_make.c makes and quick.c
 * works out.  A tree of operations in the layout's arena; it is never changed again. */
#ifndef LAYOUT_QUICK_OP_H
#define LAYOUT_QUICK_OP_H
#include <stdbool.h>

enum op { OP_LITERAL, OP_NUMBER, OP_VARIABLE, OP_PATH, OP_CALL, OP_OR, OP_AND, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
          OP_ADD, OP_SUB };
enum q_axis { Q_CHILD, Q_ATTRIBUTE, Q_SELF, Q_PARENT, Q_DESCENDANT /* //name */, Q_PRECEDING, Q_ANCESTOR_SELF };
enum call { CALL_IF, CALL_NOT, CALL_BOOLEAN, CALL_TRUE, CALL_FALSE, CALL_NUMBER, CALL_STRING, CALL_CONCAT, CALL_COUNT, CALL_LAST,
            CALL_POSITION, CALL_STARTS, CALL_CONTAINS, CALL_LENGTH, CALL_COALESCE, CALL_CURRENT, CALL_NUM,
            CALL_SOURCE_NUMBER, CALL_SOURCE_LETTER };

struct q_step {
    enum q_axis axis;
    const char *name;              /* NULL: any, of the self and parent axes */
    const struct quick *predicates;
    struct q_step *next;
};
struct quick {
    enum op op;
    enum call call;
    bool root;                     /* a path from the document */
    const char *text;              /* literal, name of a variable */
    double number;
    const struct quick *first, *next; /* operands; of a path: what it starts from, with its predicates in `filter` */
    const struct quick *filter;
    const struct q_step *steps;
};
#endif
