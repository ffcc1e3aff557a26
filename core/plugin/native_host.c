// core/plugin/native_host.c - the table of host functions: failures, remarks, memory, output, the tree.
#include "plugin/native_host.h"

#include <inttypes.h>
#include <stdalign.h>
#include <stdlib.h>
#include <time.h>

#include "plugin/native_load.h"

// Stands before each piece of memory; pieces of one call are in a ring.
struct dtl_native_memory {
    dtl_native_memory *next;
    dtl_native_memory *previous;
    size_t size;
    alignas(max_align_t) char bytes[];
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t dtl_native_deadline(int64_t wall_ms)
{
    return wall_ms > 0 ? now_ms() + wall_ms : 0;
}

// ---- what a plugin says ----

static void host_fail(dtl_plugin_call *call, int64_t line, int64_t column, dtl_plugin_text message,
                      dtl_plugin_text expected)
{
    dtl_str text = dtl_native_text(message);
    dtl_str wanted = dtl_native_text(expected);
    if (call->failure.code != DTL_OK)
        return;
    dtl_error_set(&call->failure, call->code, "%.*s", DTL_ARG(text));
    dtl_error_at(&call->failure, call->file, line > 0 ? line : 0, column > 0 ? column : 0);
    if (wanted.size)
        dtl_error_expected(&call->failure, "%.*s", DTL_ARG(wanted));
}

static void host_warn(dtl_plugin_call *call, dtl_plugin_text message)
{
    if (call->on_warning)
        call->on_warning(call->warning_context, dtl_native_text(message));
}

static int host_cancelled(dtl_plugin_call *call)
{
    return call->deadline_ms && now_ms() >= call->deadline_ms;
}

static void fail_limit(dtl_plugin_call *call, const char *what, size_t bytes)
{
    if (call->failure.code != DTL_OK)
        return;
    dtl_error_set(&call->failure, DTL_ELIMIT, "%s limit: the plugin %s %s more than %zu MB", what,
                  call->plugin, what[0] == 'm' ? "asked for" : "made", bytes >> 20);
    dtl_error_at(&call->failure, call->file, 0, 0);
}

bool dtl_native_failed(const dtl_plugin_call *call, dtl_error *err)
{
    if (call->failure.code != DTL_OK) {
        if (err->code == DTL_OK)
            *err = call->failure;
        return false;
    }
    if (call->deadline_ms && now_ms() >= call->deadline_ms)
        dtl_error_set(err, DTL_ELIMIT, "time limit: the plugin %s ran longer than %" PRId64 " ms",
                      call->plugin, call->wall_ms);
    else
        dtl_error_set(err, call->code, "the plugin %s failed without saying why", call->plugin);
    return dtl_error_at(err, call->file, 0, 0);
}

// ---- memory and output ----

static void *host_allocate(dtl_plugin_call *call, size_t size)
{
    if (size > call->memory_max - call->memory_used) {
        fail_limit(call, "memory", call->memory_max);
        return NULL;
    }
    dtl_native_memory *piece = dtl_alloc(sizeof *piece + size);
    piece->size = size;
    piece->next = call->memory;
    if (call->memory)
        call->memory->previous = piece;
    call->memory = piece;
    call->memory_used += size;
    return piece->bytes;
}

static void host_release(dtl_plugin_call *call, void *memory)
{
    if (!memory)
        return;
    dtl_native_memory *piece =
        (dtl_native_memory *)((char *)memory - offsetof(dtl_native_memory, bytes));
    if (piece->next)
        piece->next->previous = piece->previous;
    if (piece->previous)
        piece->previous->next = piece->next;
    else
        call->memory = piece->next;
    call->memory_used -= piece->size;
    free(piece);
}

void dtl_native_call_release(dtl_plugin_call *call)
{
    for (dtl_native_memory *piece = call->memory, *next; piece; piece = next) {
        next = piece->next;
        free(piece);
    }
    call->memory = NULL;
    call->memory_used = 0;
    dtl_arena_release(&call->scratch);
}

static int host_write(dtl_plugin_call *call, dtl_plugin_text bytes)
{
    dtl_str text = dtl_native_text(bytes);
    if (!call->output)
        return 0;
    if (!bytes.data && bytes.size) {
        if (call->failure.code == DTL_OK)
            dtl_error_set(&call->failure, call->code,
                          "the plugin %s wrote %zu bytes that are nowhere", call->plugin,
                          bytes.size);
        return 0;
    }
    if (text.size > call->output_max) {
        fail_limit(call, "output", DTL_NATIVE_OUTPUT_MAX);
        return 0;
    }
    call->output_max -= text.size;
    dtl_buf_add_str(call->output, text);
    return 1;
}

// ---- the tree ----

static const uint32_t kinds[DTL_NODE_KINDS] = {
    [DTL_NODE_DOCUMENT] = DTL_PLUGIN_NODE_DOCUMENT,
    [DTL_NODE_HEADING] = DTL_PLUGIN_NODE_HEADING,
    [DTL_NODE_PARAGRAPH] = DTL_PLUGIN_NODE_PARAGRAPH,
    [DTL_NODE_LIST] = DTL_PLUGIN_NODE_LIST,
    [DTL_NODE_ITEM] = DTL_PLUGIN_NODE_ITEM,
    [DTL_NODE_TABLE] = DTL_PLUGIN_NODE_TABLE,
    [DTL_NODE_ROW] = DTL_PLUGIN_NODE_ROW,
    [DTL_NODE_CELL] = DTL_PLUGIN_NODE_CELL,
    [DTL_NODE_ASIDE] = DTL_PLUGIN_NODE_ASIDE,
    [DTL_NODE_RULE] = DTL_PLUGIN_NODE_RULE,
    [DTL_NODE_TEXT] = DTL_PLUGIN_NODE_TEXT,
    [DTL_NODE_STRONG] = DTL_PLUGIN_NODE_STRONG,
    [DTL_NODE_EMPHASIS] = DTL_PLUGIN_NODE_EMPHASIS,
    [DTL_NODE_CODE] = DTL_PLUGIN_NODE_CODE,
    [DTL_NODE_LINK] = DTL_PLUGIN_NODE_LINK,
    [DTL_NODE_FACT] = DTL_PLUGIN_NODE_FACT,
    [DTL_NODE_DATE] = DTL_PLUGIN_NODE_DATE,
    [DTL_NODE_BREAK] = DTL_PLUGIN_NODE_BREAK,
};

// A handle is the node itself.
static const dtl_node *node_of(const dtl_plugin_node *handle)
{
    return (const dtl_node *)handle;
}

static const dtl_plugin_node *handle_of(const dtl_node *node)
{
    return (const dtl_plugin_node *)node;
}

static const dtl_plugin_node *host_first(const dtl_plugin_node *node)
{
    return node ? handle_of(dtl_node_get_first(node_of(node))) : NULL;
}

static const dtl_plugin_node *host_next(const dtl_plugin_node *node)
{
    return node ? handle_of(dtl_node_get_next(node_of(node))) : NULL;
}

static const dtl_plugin_node *host_parent(const dtl_plugin_node *node)
{
    return node ? handle_of(dtl_node_get_parent(node_of(node))) : NULL;
}

static uint32_t host_kind(const dtl_plugin_node *node)
{
    return kinds[dtl_node_get_kind(node_of(node))];
}

static dtl_str keep(dtl_plugin_call *call, dtl_buf *made)
{
    dtl_str kept = dtl_arena_str(&call->scratch, dtl_buf_str(made));
    dtl_buf_release(made);
    return kept;
}

static void add_exact(const dtl_node *node, dtl_buf *out)
{
    if (dtl_node_get_kind(node) == DTL_NODE_DATE) {
        dtl_date_add(out, dtl_node_get_date(node));
        return;
    }
    const dtl_fact *fact = dtl_node_get_fact(node)->fact;
    if (fact->kind == DTL_FACT_DATE)
        dtl_date_add(out, fact->date_value);
    else
        dtl_number_add_exact(out, fact->value);
}

static dtl_str fact_part(const dtl_node *node, uint32_t part)
{
    const dtl_ledger_entry *entry = dtl_node_get_fact(node);
    switch (part) {
    case DTL_PLUGIN_PART_UNIT:
        return entry->fact->unit;
    case DTL_PLUGIN_PART_LABEL:
        return entry->fact->label;
    case DTL_PLUGIN_PART_EXPRESSION:
        return entry->fact->expression;
    case DTL_PLUGIN_PART_ID:
        return entry->id;
    default:
        return DTL_STR("");
    }
}

static dtl_str part_of(dtl_plugin_call *call, const dtl_node *node, uint32_t part)
{
    dtl_node_kind kind = dtl_node_get_kind(node);
    dtl_buf made = {0};
    switch (part) {
    case DTL_PLUGIN_PART_TEXT:
        return kind == DTL_NODE_LINK ? DTL_STR("") : dtl_node_get_text(node);
    case DTL_PLUGIN_PART_URL:
        return kind == DTL_NODE_LINK ? dtl_node_get_text(node) : DTL_STR("");
    case DTL_PLUGIN_PART_EXACT:
        if (kind != DTL_NODE_FACT && kind != DTL_NODE_DATE)
            return DTL_STR("");
        add_exact(node, &made);
        return keep(call, &made);
    case DTL_PLUGIN_PART_TITLE:
        return call->doc ? dtl_doc_get_meta(call->doc)->title : DTL_STR("");
    case DTL_PLUGIN_PART_LANGUAGE:
        return call->doc ? dtl_doc_get_meta(call->doc)->lang : DTL_STR("");
    case DTL_PLUGIN_PART_SUMMARY:
        return call->doc ? dtl_doc_get_meta(call->doc)->summary : DTL_STR("");
    case DTL_PLUGIN_PART_ALL:
        dtl_node_add_text(&made, node);
        return keep(call, &made);
    default:
        return kind == DTL_NODE_FACT ? fact_part(node, part) : DTL_STR("");
    }
}

static dtl_plugin_text host_text(dtl_plugin_call *call, const dtl_plugin_node *node, uint32_t part)
{
    return dtl_native_lend(part_of(call, node_of(node), part));
}

static int64_t host_number(const dtl_plugin_node *handle, uint32_t number)
{
    const dtl_node *node = node_of(handle);
    dtl_node_kind kind = dtl_node_get_kind(node);
    switch (number) {
    case DTL_PLUGIN_NUMBER_LEVEL:
        return kind == DTL_NODE_HEADING ? dtl_node_get_level(node) : 0;
    case DTL_PLUGIN_NUMBER_ORDERED:
        return kind == DTL_NODE_LIST && dtl_node_is_ordered(node);
    case DTL_PLUGIN_NUMBER_HEADER:
        return (kind == DTL_NODE_ROW || kind == DTL_NODE_CELL) && dtl_node_is_header(node);
    case DTL_PLUGIN_NUMBER_ALIGN:
        return kind == DTL_NODE_CELL ? (int64_t)dtl_node_get_align(node) : 0;
    case DTL_PLUGIN_NUMBER_ROLE:
        return kind == DTL_NODE_ASIDE ? (int64_t)dtl_node_get_role(node) : 0;
    default:
        return 0;
    }
}

const dtl_plugin_host dtl_native_host = {
    .size = sizeof(dtl_plugin_host),
    .abi_major = DTL_PLUGIN_ABI_MAJOR,
    .abi_minor = DTL_PLUGIN_ABI_MINOR,
    .fail = host_fail,
    .warn = host_warn,
    .cancelled = host_cancelled,
    .allocate = host_allocate,
    .release = host_release,
    .write = host_write,
    .node_get_first = host_first,
    .node_get_next = host_next,
    .node_get_parent = host_parent,
    .node_get_kind = host_kind,
    .node_get_text = host_text,
    .node_get_number = host_number,
};
