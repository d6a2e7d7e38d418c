package dev.foldlog.projections.grpc;

import java.util.concurrent.CompletableFuture;

/** Futures made of others: cancelling one made by the JDK leaves what it is made of waiting. */
final class Derived {
    private Derived() {}

    /** The future made of a source; cancelled, it cancels the source. */
    static <A> CompletableFuture<A> of(CompletableFuture<?> source, CompletableFuture<A> made) {
        var _ = made.whenComplete((_, _) -> source.cancel(false));
        return made;
    }
}
