package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Classes of tests that {@link ExtensionLifecycleTest} runs; they note which servers they had. */
final class Samples {
    private Samples() {}

    /** The servers of a run, each once. */
    static final class Servers {
        private final Set<FoldlogTestServer> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        synchronized void saw(FoldlogTestServer server) {
            seen.add(server);
        }

        synchronized List<FoldlogTestServer> all() {
            return List.copyOf(seen);
        }

        synchronized void forget() {
            seen.clear();
        }
    }

    static final Servers SERVERS = new Servers();

    static final class ForEachMethod {
        @RegisterExtension
        static final FoldlogExtension foldlog = FoldlogExtension.onSqlite();

        @Test
        void one() {
            SERVERS.saw(foldlog.server());
        }

        @Test
        void two() {
            SERVERS.saw(foldlog.server());
        }

        @Test
        void failing() {
            SERVERS.saw(foldlog.server());
            throw new AssertionError("on purpose");
        }
    }

    @TestMethodOrder(MethodName.class)
    static final class ForTheClass {
        @RegisterExtension
        static final FoldlogExtension foldlog = FoldlogExtension.inMemory().perClass();

        @BeforeAll
        static void prepare(Channel channel) {
            Calls.append(channel, "all");
            SERVERS.saw(foldlog.server());
        }

        @Test
        void first() {
            assertThat(Calls.artifacts(foldlog.channel())).containsExactly("all");
            Calls.append(foldlog.channel(), "first");
            SERVERS.saw(foldlog.server());
        }

        @Test
        void second(FoldlogTestServer server) {
            assertThat(Calls.artifacts(server.channel())).containsExactly("all", "first");
            SERVERS.saw(server);
        }

        @AfterAll
        static void conclude() {
            assertThat(Calls.artifacts(foldlog.channel())).startsWith("all", "first");
        }

        @Nested
        final class Within {
            @Test
            void shares_it() {
                assertThat(Calls.artifacts(foldlog.channel())).startsWith("all", "first");
                SERVERS.saw(foldlog.server());
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static final class AtTheSameTime {
        static final int TESTS = 4;
        private static final long MEETING_SECONDS_MAX = 30;
        private static final CyclicBarrier MEETING = new CyclicBarrier(TESTS);

        @RegisterExtension
        static final FoldlogExtension foldlog = FoldlogExtension.inMemory();

        /** All have appended before any of them looks. */
        @RepeatedTest(TESTS)
        void each_sees_its_own(RepetitionInfo repetition)
                throws InterruptedException, BrokenBarrierException, TimeoutException {
            String mine = "mine-" + repetition.getCurrentRepetition();
            Calls.append(foldlog.channel(), mine);
            MEETING.await(MEETING_SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(Calls.artifacts(foldlog.channel())).containsExactly(mine);
            SERVERS.saw(foldlog.server());
        }
    }

    static final class BeforeAllWithoutPerClass {
        @RegisterExtension
        static final FoldlogExtension foldlog = FoldlogExtension.inMemory();

        @BeforeAll
        static void prepare(Channel channel) {
            Calls.append(channel, "all");
        }

        @Test
        void never() {
            SERVERS.saw(foldlog.server());
        }
    }

    static final class PerClassOnAnInstance {
        @RegisterExtension
        final FoldlogExtension foldlog = FoldlogExtension.inMemory().perClass();

        @Test
        void never() {
            SERVERS.saw(foldlog.server());
        }
    }
}
