// core/doc/walk.c - through a tree without recursion, and the text met on the way.
#include "doc/node.h"

dtl_walk dtl_walk_start(const dtl_node *root)
{
    return (dtl_walk){.root = root};
}

static void enter(dtl_walk *walk, const dtl_node *node)
{
    walk->node = node;
    walk->entering = true;
}

bool dtl_walk_next(dtl_walk *walk)
{
    const dtl_node *node = walk->node;
    if (!node) {
        enter(walk, walk->root);
        return true;
    }
    if (walk->entering && !(node->flags & DTL_NODE_LEAF)) {
        if (node->has.child.first) {
            enter(walk, node->has.child.first);
            walk->depth++;
        } else {
            walk->entering = false;
        }
        return true;
    }
    if (node == walk->root)
        return false;
    if (node->next) {
        enter(walk, node->next);
        return true;
    }
    walk->node = node->parent;
    walk->entering = false;
    walk->depth--;
    return true;
}

void dtl_node_add_text(dtl_buf *out, const dtl_node *node)
{
    size_t start = out->size;
    dtl_walk walk = dtl_walk_start(node);
    while (dtl_walk_next(&walk)) {
        dtl_node_kind kind = dtl_node_get_kind(walk.node);
        bool is_inline = dtl_node_kind_is_inline(kind);
        bool at_start = out->size == start || out->data[out->size - 1] == '\n';
        if (!walk.entering)
            continue;
        if (kind == DTL_NODE_CELL && walk.node->parent->has.child.first != walk.node &&
            walk.node != node)
            dtl_buf_add_char(out, '\t');
        else if ((!is_inline && kind != DTL_NODE_CELL && !at_start) || kind == DTL_NODE_BREAK)
            dtl_buf_add_char(out, '\n');
        if (kind != DTL_NODE_LINK)
            dtl_buf_add_str(out, dtl_node_get_text(walk.node));
    }
}
