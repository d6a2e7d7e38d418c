package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.process.ProcessUsage;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import java.io.IOException;

/** Makes a sample of a load: its rate and waits, and what server and generator used for it meanwhile. */
public final class Meter {
    private static final double KIB_OF_MIB = 1024;

    private final Usage server;
    private final ProcessUsage serverBefore;
    private final ProcessUsage selfBefore;

    private Meter(Usage server) throws IOException {
        this.server = server;
        this.serverBefore = server.now();
        this.selfBefore = self();
    }

    /** Begins; the load follows. */
    public static Meter begin(Usage server) throws IOException {
        return new Meter(server);
    }

    /** What this process, the generator, has used. */
    public static ProcessUsage self() throws IOException {
        return ProcessUsage.of(ProcessHandle.current().pid());
    }

    /** Ends with a load that consisted of calls. */
    public Sample.Builder end(LoadResult result) throws IOException {
        return costs(result.events(), result.seconds())
                .with(Metric.p50_ms, result.latencies().millisAt(50))
                .with(Metric.p99_ms, result.latencies().millisAt(99))
                .with(Metric.max_ms, result.latencies().maxMillis());
    }

    /** Ends with so many events in such a time. */
    public Sample.Builder costs(long count, double seconds) throws IOException {
        ProcessUsage serverAfter = server.now();
        ProcessUsage selfAfter = self();
        double events = Math.max(1, count);
        double serverCpu = serverAfter.cpuMicros() - serverBefore.cpuMicros();
        return Sample.builder()
                .with(Metric.events, (double) count)
                .with(Metric.events_per_s, count / seconds)
                .with(Metric.cpu_us_per_event, serverCpu / events)
                .with(Metric.cpu_cores, serverCpu / 1e6 / seconds)
                .with(Metric.client_cpu_us_per_event, (selfAfter.cpuMicros() - selfBefore.cpuMicros()) / events)
                .with(
                        Metric.written_bytes_per_event,
                        (serverAfter.writtenBytes() - serverBefore.writtenBytes()) / events)
                .with(Metric.rss_mib, serverAfter.residentKib() / KIB_OF_MIB)
                .with(Metric.rss_peak_mib, serverAfter.residentPeakKib() / KIB_OF_MIB);
    }

    /** What the server has used until now. */
    public interface Usage {
        ProcessUsage now() throws IOException;
    }
}
