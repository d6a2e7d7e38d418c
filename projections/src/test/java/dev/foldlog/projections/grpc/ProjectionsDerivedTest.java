package dev.foldlog.projections.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProjectionsDerivedTest {
    @Test
    void who_gives_up_the_last_of_a_chain_gives_up_the_first() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Integer> second = Derived.of(first, first.thenApply(String::length));
        CompletableFuture<Integer> third =
                Derived.of(second, second.exceptionallyCompose(CompletableFuture::failedFuture));

        third.cancel(false);

        assertThat(first).isCancelled();
    }

    @Test
    void what_is_done_stays_as_it_is() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<Integer> second = Derived.of(first, first.thenApply(String::length));

        first.complete("four");

        assertThat(first).isCompletedWithValue("four");
        assertThat(second).isCompletedWithValue(4);
    }
}
