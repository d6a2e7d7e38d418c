package dev.foldlog.conformance.history;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One client of a run: it makes one call after the other, decides on what it last saw of a partition, and repeats
 * an append of unknown outcome once, with the same id. Confined to its thread.
 */
final class HistoryClient implements Callable<Integer> {
    private final HistoryPlan plan;
    private final ServerAccess access;
    private final History history;
    private final Random random;
    private final Map<String, Long> seen = new HashMap<>();
    private int identity;
    private Call.@Nullable Append open;

    HistoryClient(int number, HistoryPlan plan, ServerAccess access, History history) {
        this.identity = number;
        this.plan = plan;
        this.access = access;
        this.history = history;
        this.random = new Random(plan.seed() * 1_000 + number);
    }

    /** Makes all its calls; how many they were. */
    @Override
    public Integer call() throws InterruptedException {
        for (int i = 0; i < plan.operations(); i++) {
            step();
        }
        return plan.operations();
    }

    private void step() throws InterruptedException {
        Call call = next();
        HistoryCalls calls = new HistoryCalls(access.channel());
        long began = history.now();
        HistoryCalls.Answer answer = calls.make(call, random.nextInt(100) < HistoryCalls.HASTY_PERCENT);
        history.add(identity, call, began, answer.outcome());
        learn(call, answer.outcome());
        if (answer.isServerGone()) {
            access.awaitOther(calls.channel());
        }
    }

    private Call next() {
        Call.Append again = open;
        open = null;
        if (again != null) {
            return again;
        }
        String partition = "p" + random.nextInt(plan.partitions());
        int choice = random.nextInt(100);
        if (choice < 25) {
            return new Call.Read(partition);
        }
        if (choice < 40) {
            return new Call.Last(partition);
        }
        long last = seen.getOrDefault(partition, 0L);
        OptionalLong expected =
                choice < 50 ? OptionalLong.empty() : OptionalLong.of(choice < 55 ? Math.max(0, last - 1) : last);
        // The id is new with each run: what a client tries is decided by the seed, not how its events are called.
        return new Call.Append(partition, UUID.randomUUID().toString(), expected);
    }

    private void learn(Call call, Outcome outcome) {
        switch (outcome) {
            case Outcome.Appended it -> seen.put(call.partition(), it.sequence());
            case Outcome.Conflict it -> seen.put(call.partition(), it.lastSequence());
            case Outcome.Events it -> seen.put(call.partition(), it.lastSequence());
            case Outcome.LastSequence it -> seen.put(call.partition(), it.lastSequence());
            case Outcome.Unknown _ -> {
                // The call may still be at work, so whatever this client does next is another's.
                identity += plan.clients();
                open = call instanceof Call.Append append ? append : null;
            }
        }
    }
}
