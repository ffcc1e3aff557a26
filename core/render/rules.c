// core/render/rules.c - the walk that all renderers share.
#include "render/rules.h"

void dtl_render_walk(const dtl_render_rules *rules, void *renderer, const dtl_node *root)
{
    dtl_walk walk = dtl_walk_start(root);
    while (dtl_walk_next(&walk)) {
        const dtl_render_rule *rule = &rules->on[dtl_node_get_kind(walk.node)];
        if (walk.entering)
            rule->enter(renderer, walk.node);
        else if (rule->leave)
            rule->leave(renderer, walk.node);
    }
}

void dtl_render_nothing(void *renderer, const dtl_node *node)
{
    (void)renderer;
    (void)node;
}
