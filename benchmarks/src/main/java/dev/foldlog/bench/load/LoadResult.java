package dev.foldlog.bench.load;

/**
 * What a load came to.
 *
 * @param events stored or received
 * @param seconds from the first call to the last answer
 */
public record LoadResult(long events, double seconds, Latencies latencies) {
    public double eventsPerSecond() {
        return events / seconds;
    }
}
