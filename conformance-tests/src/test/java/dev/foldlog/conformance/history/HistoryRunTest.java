package dev.foldlog.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.conformance.ConformanceFixture;
import dev.foldlog.conformance.InProcessFixture;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HistoryRunTest {
    private static final HistoryPlan PLAN = new HistoryPlan(3, 6, 2, 20);

    @Test
    void every_call_of_every_client_is_recorded_also_over_a_restart() throws Exception {
        try (ConformanceFixture fixture = InProcessFixture.sqlite()) {
            ServerAccess access = new ServerAccess(fixture.channel());
            AtomicInteger disturbances = new AtomicInteger();

            History history = HistoryRun.record(PLAN, access, () -> {
                disturbances.incrementAndGet();
                fixture.restart();
                access.replace(fixture.channel());
            });

            List<String> lines = history.lines(PLAN);
            assertThat(disturbances).hasValue(1);
            assertThat(lines).hasSize(1 + PLAN.operationsOfAll());
            assertThat(lines).anyMatch(it -> it.contains("\"outcome\":\"conflict\""));
            assertThat(lines).anyMatch(it -> it.contains("\"sequence\":1,"));
            assertThat(lines).anyMatch(it -> it.contains("\"ids\":[\""));
        }
    }

    @Test
    void a_client_that_cannot_go_on_ends_the_run() {
        ManagedChannel nobody = InProcessChannelBuilder.forName("nobody").build();
        ServerAccess access = new ServerAccess(nobody);

        assertThatThrownBy(() -> HistoryRun.record(new HistoryPlan(1, 2, 1, 1), access, () -> {
                    throw new IllegalStateException("the server did not start");
                }))
                .hasMessage("the server did not start");
        nobody.shutdownNow();
    }
}
