package dev.foldlog.bench.peers;

import dev.foldlog.bench.measure.Contestant;
import dev.foldlog.bench.measure.Entrant;
import dev.foldlog.bench.measure.Entrant.MissingException;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.process.Command;
import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.process.Said;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A plain table of PostgreSQL that syncs each commit, one event a transaction, called by pgbench over a socket. */
public final class PostgresTable implements Contestant {
    /** Its name in reports. */
    public static final String NAME = "PostgreSQL table (pgbench)";

    private final Ground ground;
    private final Path bin;
    private final Path folder;
    private final int clients;
    private final long pid;

    private PostgresTable(Ground ground, int clients) throws MissingException, IOException, InterruptedException {
        this.ground = ground;
        this.clients = clients;
        this.bin = Installed.find(ground, "postgresql").resolve("bin").toRealPath();
        // Of a short name and where others may look: it holds the socket, and belongs to another user.
        this.folder = Files.createTempDirectory(Path.of("/var/tmp"), "fl-pg");
        try {
            this.pid = Long.parseLong(run("start").strip());
        } catch (IOException e) {
            Ground.remove(folder);
            throw new MissingException(String.valueOf(e.getMessage()));
        }
    }

    public static Entrant entrant(int clients) {
        return new Entrant(NAME, ground -> new PostgresTable(ground, clients));
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        ProcessUsage before = usage();
        Said said = Said.of(run(
                "turn",
                Long.toString(Math.max(1, Math.ceilDiv(duration.toMillis(), 1_000))),
                Integer.toString(clients)));
        ProcessUsage after = usage();
        double events = said.number("events");
        return said.sample()
                .with(Metric.cpu_us_per_event, (after.cpuMicros() - before.cpuMicros()) / events)
                .with(Metric.written_bytes_per_event, (after.writtenBytes() - before.writtenBytes()) / events)
                .build();
    }

    /** Of the server and all its processes; those that have ended are in the server's own. */
    private ProcessUsage usage() throws IOException {
        List<Long> pids = new ArrayList<>(List.of(pid));
        try (Stream<ProcessHandle> children = ProcessHandle.of(pid)
                .orElseThrow(() -> new IOException("it has ended"))
                .children()) {
            children.map(ProcessHandle::pid).forEach(pids::add);
        }
        return ProcessUsage.of(pids);
    }

    private String run(String what, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                ground.top().resolve("benchmarks/peers/postgres").toString(), what, bin.toString(), folder.toString()));
        words.addAll(List.of(more));
        return Command.run(words, Files.createTempFile(ground.work(), "postgres", ".log"));
    }

    @Override
    public void close() throws IOException {
        try {
            run("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Ground.remove(folder);
        }
    }
}
