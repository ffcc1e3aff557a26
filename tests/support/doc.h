// tests/support/doc.h - documents for tests, in few words.
#ifndef DTL_TESTS_SUPPORT_DOC_H
#define DTL_TESTS_SUPPORT_DOC_H

#include "doc/doc.h"

// Appends, or ends the test program: for documents that are known to be right.
dtl_node *test_add(dtl_node *parent, dtl_node_kind kind, dtl_str text);
// A [kind] node with one text in it.
dtl_node *test_add_text(dtl_node *parent, dtl_node_kind kind, dtl_str text);
dtl_node *test_add_fact(dtl_node *parent, const char *shown, int64_t value, const char *expression);
dtl_node *test_add_date(dtl_node *parent, const char *shown, const char *iso);

// One with every kind of node, meta and a source: the LATEST DEVELOPMENTS of 18 October 2024.
dtl_doc *test_bulletin(void);

#endif
