// core/render/rules.h - what a renderer is made of: one row a node kind, and a shared walk.
#ifndef DTL_RENDER_RULES_H
#define DTL_RENDER_RULES_H

#include "doc/doc.h"

// What to do on entering a node and on leaving it. [enter] is never NULL, so that a kind nobody
// thought of is found by a test; nodes that hold no others have no [leave].
typedef struct dtl_render_rule {
    void (*enter)(void *renderer, const dtl_node *node);
    void (*leave)(void *renderer, const dtl_node *node);
} dtl_render_rule;

typedef struct dtl_render_rules {
    const char *name;
    dtl_render_rule on[DTL_NODE_KINDS];
} dtl_render_rules;

extern const dtl_render_rules dtl_rules_markdown;
extern const dtl_render_rules dtl_rules_html;
extern const dtl_render_rules dtl_rules_text;
extern const dtl_render_rules dtl_rules_json;

void dtl_render_walk(const dtl_render_rules *rules, void *renderer, const dtl_node *root);
// For a row where there is nothing to do.
void dtl_render_nothing(void *renderer, const dtl_node *node);

#endif
