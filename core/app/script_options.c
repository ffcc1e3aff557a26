// core/app/script_options.c - the options that run, eval and sql share.
#include "app/script_options.h"

dtl_run_options dtl_script_run_options(const dtl_script_options *options, dtl_arena *arena)
{
    return (dtl_run_options){
        .store = dtl_store_choice(options->db, arena),
        .as_of = options->as_of,
        .style = options->style,
        .limits = options->limits,
        .debug = options->debug,
    };
}
