package dev.foldlog.core.read;

/**
 * A read under way, which hands out its events page by page. It holds nothing of the store between two
 * calls (no connection, no transaction), so an abandoned cursor costs nothing. For one caller at a time;
 * each call may come from another thread. Blocks while the store reads: never call it on an event loop.
 */
public interface EventCursor {
    /**
     * The next page. After one that is last, another is empty and last again, but for a tail, which goes
     * on when new events are there. A damaged event ends the page before it, so that the good ones are handed
     * out; it is thrown when it is the first of a page.
     *
     * <p>So does an event on which an expression of the filter is over its budget.
     *
     * @throws dev.foldlog.core.store.StoreException when the store cannot read, or finds an event damaged
     * @throws dev.foldlog.core.expression.EvaluationException when an expression is over its budget
     */
    EventPage next(PageLimit limit);
}
