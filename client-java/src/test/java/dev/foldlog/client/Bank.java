package dev.foldlog.client;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Units of work over a few accounts (a partition each) of a few branches (a tag each). An event is an amount that
 * comes or goes. Each unit decides on what it reads, in one of the ways in which a unit can read.
 */
final class Bank {
    static final int ACCOUNTS = 4;
    private static final int BRANCHES = 2;
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");
    private static final String WITHDRAW = "withdraw";

    private Bank() {}

    /** What a unit does: reads, decides, appends. */
    @FunctionalInterface
    interface Work {
        void run(UnitOfWork unit, Runnable afterReads);
    }

    static NewEvent opening(int account) {
        return amount(account, "deposit", 100).build();
    }

    /** A work drawn at random: transfers and skews, over whole partitions, slices, filters and all partitions. */
    static Work draw(Random random) {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return switch (random.nextInt(4)) {
            case 0 -> transfer(from, to, 1 + random.nextInt(60));
            case 1 -> pairOverdraft(from, to);
            case 2 -> branchOverdraft(from);
            default -> countedWithdrawal(from, to);
        };
    }

    /** Reads two partitions as a whole and moves money between them if there is enough. */
    static Work transfer(int from, int to, long amount) {
        return (unit, afterReads) -> {
            Observation seen = new Observation();
            long balance = seen.saw("balance:" + from, sum(unit.readStream(account(from))));
            seen.saw("balance:" + to, sum(unit.readStream(account(to))));
            afterReads.run();
            if (balance >= amount) {
                unit.append(seen.in(amount(from, WITHDRAW, -amount)), seen.in(amount(to, "deposit", amount)));
            }
        };
    }

    /** Write skew on two partitions: one may be overdrawn while the two together are not. */
    static Work pairOverdraft(int from, int with) {
        return (unit, afterReads) -> {
            Observation seen = new Observation();
            long together = seen.saw("balance:" + from, sum(unit.readStream(account(from))))
                    + seen.saw("balance:" + with, sum(unit.readStreamSince(account(with), OLD)));
            afterReads.run();
            unit.append(seen.in(amount(from, together >= 50 ? WITHDRAW : "deposit", together >= 50 ? -50 : 50)));
        };
    }

    /** Write skew across partitions: an account may be overdrawn while its branch is not. */
    static Work branchOverdraft(int account) {
        return (unit, afterReads) -> {
            Observation seen = new Observation();
            long branch = seen.saw("branch:" + account % BRANCHES, sum(unit.readAll(Events.tagged(branch(account)))));
            afterReads.run();
            unit.append(seen.in(amount(account, branch >= 50 ? WITHDRAW : "deposit", branch >= 50 ? -50 : 50)));
        };
    }

    /** Decides on how many withdrawals of another account there were: a filtered read of one partition. */
    static Work countedWithdrawal(int account, int counted) {
        return (unit, afterReads) -> {
            Observation seen = new Observation();
            long count = seen.saw(
                    "withdrawals:" + counted,
                    unit.readStream(ReadStreamRequest.newBuilder()
                                    .setPartitionKey(account(counted))
                                    .setFilter(EventFilter.newBuilder().addActions(WITHDRAW))
                                    .build())
                            .size());
            afterReads.run();
            unit.append(seen.in(amount(account, count % 2 == 0 ? WITHDRAW : "deposit", count % 2 == 0 ? -1 : 1)));
        };
    }

    /** What a query answers over a past. */
    static long answer(String query, List<RecordedEvent> past) {
        String[] parts = query.split(":", 2);
        int number = Integer.parseInt(parts[1]);
        return switch (parts[0]) {
            case "balance" -> sum(of(account(number), past));
            case "branch" ->
                sum(past.stream()
                        .filter(it -> it.getTagsList().contains(branch(number)))
                        .toList());
            case "withdrawals" ->
                of(account(number), past).stream()
                        .filter(it -> it.getAction().equals(WITHDRAW))
                        .count();
            default -> throw new IllegalArgumentException("query: " + query);
        };
    }

    private static List<RecordedEvent> of(String partitionKey, List<RecordedEvent> events) {
        return events.stream()
                .filter(it -> it.getPartitionKey().equals(partitionKey))
                .toList();
    }

    private static NewEvent.Builder amount(int account, String action, long amount) {
        return Events.draft(account(account))
                .setAction(action)
                .addTags(branch(account))
                .putMetadata("amount", Long.toString(amount));
    }

    private static long sum(List<RecordedEvent> events) {
        return events.stream()
                .mapToLong(it -> Long.parseLong(it.getMetadataOrThrow("amount")))
                .sum();
    }

    static String account(int number) {
        return "account-" + number;
    }

    private static String branch(int account) {
        return "branch-" + account % BRANCHES;
    }
}
