package dev.foldlog.bench.measure;

import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.process.RunningServer;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Starting our server by the launcher over an empty folder, until it serves; then its memory while nobody calls. */
public final class StartAndIdle implements Contestant {
    private static final Duration IDLE_MAX = Duration.ofSeconds(3);
    private static final double KIB_OF_MIB = 1024;

    private final Ground ground;

    private StartAndIdle(Ground ground) {
        this.ground = ground;
    }

    public static Entrant entrant() {
        return new Entrant(Entrant.FOLDLOG, StartAndIdle::new);
    }

    @Override
    public Sample turn(Duration duration) throws IOException {
        Path folder = ground.folder("start");
        try (RunningServer server = FoldlogServer.start(ground, folder)) {
            LockSupport.parkNanos(Math.min(IDLE_MAX.toNanos(), duration.toNanos()));
            ProcessUsage usage = server.usage();
            return Sample.builder()
                    .with(Metric.start_ms, server.startMillis())
                    .with(Metric.rss_mib, usage.residentKib() / KIB_OF_MIB)
                    .with(Metric.rss_peak_mib, usage.residentPeakKib() / KIB_OF_MIB)
                    .build();
        } finally {
            Ground.remove(folder);
        }
    }

    @Override
    public void close() {}
}
