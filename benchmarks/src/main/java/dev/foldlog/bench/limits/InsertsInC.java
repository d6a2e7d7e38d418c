package dev.foldlog.bench.limits;

import dev.foldlog.bench.measure.Contestant;
import dev.foldlog.bench.measure.Entrant.MissingException;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.process.Command;
import dev.foldlog.bench.process.Said;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * The limit of the store: the rows of one of our databases inserted into a new one with the same tables and
 * indexes by {@code benchmarks/limits/insert.c}, which is compiled when it is not.
 */
public final class InsertsInC implements Contestant {
    /** Its name in reports. */
    public static final String NAME = "C (limit)";

    private final Ground ground;
    private final Source source;

    /**
     * What is inserted.
     *
     * @param folder a stopped store of ours
     * @param each rows of a commit, asked for at each turn
     * @param synchronous FULL or NORMAL
     */
    public record Source(Path folder, IntSupplier each, String synchronous) {}

    /** Makes ready to insert. */
    public InsertsInC(Ground ground, Source source) throws MissingException, IOException, InterruptedException {
        this.ground = ground;
        this.source = source;
        Path build = ground.top().resolve("benchmarks/limits/build");
        try {
            Command.run(List.of(build.toString(), folder().toString()), log());
        } catch (IOException e) {
            throw new MissingException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Path target = ground.folder("c");
        int each = Math.max(1, source.each.getAsInt());
        try {
            String said = Command.run(
                    List.of(
                            folder().resolve("insert").toString(),
                            database().toString(),
                            target.resolve("limit.db").toString(),
                            Integer.toString(each),
                            source.synchronous),
                    log());
            return sample(Said.of(said), each);
        } finally {
            Ground.remove(target);
        }
    }

    private static Sample sample(Said said, int each) {
        double cpu = said.number("cpu_us");
        return said.sample()
                .with(Metric.cpu_us_per_event, cpu / said.number("events"))
                .with(Metric.cpu_cores, cpu / 1e6 / said.number("seconds"))
                .with(Metric.events_per_commit, each)
                .build();
    }

    private Path database() throws IOException {
        try (Stream<Path> files = Files.list(source.folder)) {
            return files.filter(it -> it.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("source: no database (expected: one of ours)"));
        }
    }

    private Path folder() throws IOException {
        return Files.createDirectories(ground.cache().resolve("limits"));
    }

    private Path log() throws IOException {
        return Files.createTempFile(ground.work(), "c", ".log");
    }

    @Override
    public void close() {
        Ground.remove(source.folder);
    }
}
