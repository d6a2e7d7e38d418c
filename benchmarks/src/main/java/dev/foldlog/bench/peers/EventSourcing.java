package dev.foldlog.bench.peers;

import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.measure.Contestant;
import dev.foldlog.bench.measure.Entrant;
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

/** The Python library eventsourcing, its own recorder for SQLite in its own process, each turn into an empty store. */
public final class EventSourcing implements Contestant {
    /** Its name in reports. */
    public static final String NAME = "python eventsourcing (in process)";

    private static final double MILLIS_OF_SECOND = 1e3;

    private final Ground ground;
    private final Path python;

    private EventSourcing(Ground ground) throws MissingException, IOException, InterruptedException {
        this.ground = ground;
        this.python = Installed.find(ground, "eventsourcing").resolve("bin/python");
    }

    public static Entrant entrant() {
        return new Entrant(NAME, EventSourcing::new);
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Path folder = ground.folder("eventsourcing");
        try {
            Said said = Said.of(Command.run(
                    List.of(
                            python.toString(),
                            ground.top()
                                    .resolve("benchmarks/peers/eventsourcing_append.py")
                                    .toString(),
                            folder.toString(),
                            Double.toString(duration.toMillis() / MILLIS_OF_SECOND),
                            Integer.toString(Shape.STANDARD.partitions()),
                            Integer.toString(Shape.STANDARD.payloadBytes())),
                    Files.createTempFile(ground.work(), "eventsourcing", ".log")));
            return said.sample()
                    .with(Metric.cpu_us_per_event, said.number("cpu_us") / said.number("events"))
                    .build();
        } finally {
            Ground.remove(folder);
        }
    }

    @Override
    public void close() {}
}
