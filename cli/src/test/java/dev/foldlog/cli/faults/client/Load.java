package dev.foldlog.cli.faults.client;

import static org.awaitility.Awaitility.await;

import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.cli.faults.client.Outcome.Refused;
import dev.foldlog.cli.faults.client.Outcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers that append at the same time, each one after the other, until they are stopped, lose the
 * server, or have been told often enough that it does not serve. Started and stopped by the test's thread.
 */
public final class Load implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int NOT_READY_MAX = 20;

    private final ServerClient client;
    private final Journal journal;
    private final Knowledge knowledge = new Knowledge();
    private final Set<Attempt> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicInteger acked = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean isStopped;

    private Load(ServerClient client, Journal journal) {
        this.client = client;
        this.journal = journal;
    }

    /** Starts {@code callers} callers; equal seeds make equal appends, but for their ids. */
    public static Load start(ServerClient client, Journal journal, int callers, long seed) {
        Load load = new Load(client, journal);
        for (int i = 0; i < callers; i++) {
            RandomAppends appends = new RandomAppends(new Random(seed * 1_000 + i), load.knowledge);
            load.callers.add(Thread.ofVirtual().name("caller-" + i).start(() -> load.call(appends)));
        }
        return load;
    }

    private void call(RandomAppends appends) {
        int notReady = 0;
        while (!isStopped && notReady < NOT_READY_MAX) {
            Attempt attempt = journal.begin(appends.next());
            inFlight.add(attempt);
            Outcome outcome = client.append(attempt);
            inFlight.remove(attempt);
            switch (outcome) {
                case Acked answer -> {
                    knowledge.learn(answer.response());
                    acked.incrementAndGet();
                }
                case Refused refusal -> {
                    faults.addAndGet(refusal.reason().equals("CONCURRENCY_CONFLICT") ? 0 : 1);
                    notReady += refusal.reason().equals("NOT_READY") ? 1 : 0;
                }
                case Unknown unclear -> {
                    unknown.incrementAndGet();
                    faults.incrementAndGet();
                    if (!unclear.reason().equals("OUTCOME_UNKNOWN")) {
                        return;
                    }
                }
            }
        }
    }

    /** Waits until so many appends were acknowledged. */
    public void awaitAcked(int count) {
        await("acknowledged appends").atMost(WAIT).until(() -> acked.get() >= count);
    }

    /** Waits until so many appends were answered otherwise than by an acknowledgement or a conflict. */
    public void awaitFaults(int count) {
        await("faults").atMost(WAIT).until(() -> faults.get() >= count);
    }

    /** The appends that are sent and not answered at this moment. */
    public List<Attempt> inFlight() {
        return List.copyOf(inFlight);
    }

    public int acked() {
        return acked.get();
    }

    public int unknown() {
        return unknown.get();
    }

    /** Waits until every caller has ended by itself, because the server is gone or does not serve. */
    public void awaitEnd() {
        await("the end of every caller")
                .atMost(WAIT)
                .until(() -> callers.stream().noneMatch(Thread::isAlive));
    }

    /** Lets every caller end after its present call. */
    @Override
    public void close() {
        isStopped = true;
        awaitEnd();
    }
}
