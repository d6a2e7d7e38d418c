package dev.foldlog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldlog.server.grpc.stream.ReadLane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ReadPoolTest {
    private static final int WAITING_MAX = 3;

    @Test
    void new_calls_are_rejected_when_full_and_streams_still_taken() throws InterruptedException {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        ReadPool pool = new ReadPool(threads, WAITING_MAX);
        ReadLane streams = pool.streams();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch isBusy = new CountDownLatch(1);
        List<String> ran = Collections.synchronizedList(new ArrayList<>());

        streams.execute(() -> {
            isBusy.countDown();
            awaitQuietly(release);
        });
        isBusy.await();
        for (int i = 0; i < WAITING_MAX; i++) {
            assertThat(streams.isFull()).isFalse();
            pool.calls().execute(() -> ran.add("call"));
        }

        assertThat(streams.isFull()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> pool.calls().execute(() -> ran.add("rejected")));
        streams.execute(() -> ran.add("stream"));

        release.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("call", "call", "call", "stream");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
