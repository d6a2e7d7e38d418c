package dev.foldlog.client;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Foldlog#withTransaction} runs: reads and appends through the unit of work it is given. It may run
 * several times, so it must have no effects beside it.
 *
 * @param <T> its result
 * @param <X> what it throws; {@code RuntimeException} when nothing checked
 */
@FunctionalInterface
public interface TransactionFunction<T extends @Nullable Object, X extends Exception> {
    T run(UnitOfWork unit) throws X;
}
