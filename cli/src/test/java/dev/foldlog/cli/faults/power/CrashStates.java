package dev.foldlog.cli.faults.power;

import dev.foldlog.cli.faults.client.ScriptedJournal;
import dev.foldlog.cli.faults.client.Violation;
import dev.foldlog.cli.faults.power.DiskOp.FailedSync;
import dev.foldlog.cli.faults.power.DiskOp.Said;
import dev.foldlog.cli.faults.power.DiskOp.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The states in which power cuts may leave a data folder: for moments of a traced run, everything that was
 * synced and a part of what was not. Confined to one thread.
 */
public final class CrashStates {
    private static final String DATABASE = "foldlog.db";
    private static final List<String> FILES = List.of(DATABASE, DATABASE + "-wal", DATABASE + "-journal");
    private static final int RETRIED_EVERY = 4;
    private static final List<Loss> LOSSES = List.of(Loss.values());

    private final String folder;
    private final Disk disk;
    private final List<DiskOp> ops = new ArrayList<>();
    private final List<Integer> restarts = new ArrayList<>();
    private final Random random;

    private CrashStates(String folder, Disk disk, long seed) {
        this.folder = folder;
        this.disk = disk;
        this.random = new Random(seed);
    }

    /** Options of strace for the runs to be followed. */
    public static List<String> traceOptions() {
        return DiskTrace.OPTIONS;
    }

    /** Starts from a folder as it is now, all of it on the disk. */
    public static CrashStates from(Path data, long seed) throws IOException {
        return new CrashStates(data.getFileName().toString(), Disk.of(data, FILES), seed);
    }

    /** Adds what a run did, after those before it. */
    public void follow(Path trace) throws IOException {
        List<DiskOp> run = DiskTrace.read(trace, folder, Set.copyOf(FILES));
        int start = ops.size();
        ops.addAll(run);
        if (start > 0) {
            long starting = run.stream().takeWhile(op -> !(op instanceof Said)).count();
            restarts.addAll(indexes(i -> i >= start && i < start + starting));
        }
    }

    /** Makes states one after the other in new folders under {@code scratch} and checks each. */
    public Findings explore(int states, int appends, Path scratch) throws IOException {
        ScriptedJournal journal = new ScriptedJournal(appends);
        List<Integer> cuts = cuts(states);
        Findings findings = new Findings(new ArrayList<>(), 0, 0, failedSyncs());
        int done = 0;
        for (int cut : cuts) {
            for (; done < cut; done++) {
                disk.apply(ops.get(done));
                if (ops.get(done) instanceof Said said) {
                    journal.said(said.line());
                }
            }
            Path state = Files.createTempDirectory(scratch, "state");
            disk.leave(state, LOSSES.get(findings.states % LOSSES.size()), random);
            findings = findings.and(journal.violations(state, findings.states % RETRIED_EVERY == 0), journal.acked());
            remove(state);
        }
        return findings;
    }

    /** Moments in order: after acknowledgements, while the log is moved into the database, while a later run starts, and any. */
    private List<Integer> cuts(int states) {
        List<Integer> acks = indexes(i -> ops.get(i) instanceof Said);
        List<Integer> moves =
                indexes(i -> ops.get(i) instanceof Write write && write.file().equals(DATABASE));
        List<Integer> all = indexes(_ -> true);
        List<List<Integer>> kinds =
                List.of(acks, moves.isEmpty() ? all : moves, restarts.isEmpty() ? all : restarts, all);
        return IntStream.range(0, states)
                .mapToObj(i -> kinds.get(i % kinds.size()))
                .map(kind -> kind.get(random.nextInt(kind.size())) + 1)
                .sorted()
                .toList();
    }

    private List<Integer> indexes(IntPredicate isWanted) {
        return IntStream.range(0, ops.size()).filter(isWanted).boxed().toList();
    }

    private int failedSyncs() {
        return indexes(i -> ops.get(i) instanceof FailedSync).size();
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * What was found.
     *
     * @param violations in all states together
     * @param states how many states were looked at
     * @param ackedMax appends acknowledged by the last moment looked at
     * @param failedSyncs syncs that failed in the runs
     */
    public record Findings(List<Violation> violations, int states, int ackedMax, int failedSyncs) {
        private Findings and(List<Violation> more, int acked) {
            List<Violation> all = new ArrayList<>(violations);
            all.addAll(more);
            return new Findings(all, states + 1, Math.max(ackedMax, acked), failedSyncs);
        }
    }
}
