package dev.foldlog.core.projection;

/** A change of projections, made inside the store's write transaction, on its thread: it must be short. */
@FunctionalInterface
public interface ProjectionChange<T> {
    /**
     * Makes the change. One that cannot be made says so by its result and has changed nothing; whatever it throws is a
     * defect, which fails everything that shares the transaction.
     */
    T make(ProjectionTables tables);
}
