// core/store/spans.c - what a statement does to the history of one key: pure, so that it can be tested
// against every case.
#include "store/writer.h"

static dtl_span_plan before_all(const dtl_span_place *place)
{
    if (!place->has_next)
        return (dtl_span_plan){.insert = true, .until = DTL_SEEN_FOREVER};
    if (place->same_as_next)
        return (dtl_span_plan){.move_next = true};
    return (dtl_span_plan){.insert = true, .until = place->next_from};
}

dtl_span_plan dtl_span_plan_for(const dtl_span_place *place)
{
    if (!place->is_known)
        return before_all(place);
    if (place->same_as_known)
        return (dtl_span_plan){0};
    if (place->repeated < place->known_to)
        return (dtl_span_plan){
            .copy_tail = true, .cut = true, .insert = true, .until = place->repeated};
    if (place->has_next && place->same_as_next)
        return (dtl_span_plan){.cut = true, .move_next = true};
    return (dtl_span_plan){.cut = true, .insert = true, .until = place->known_to};
}
