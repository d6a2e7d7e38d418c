package dev.foldlog.bench.report;

/** A figure that a measure can have. The names stand in the files of raw numbers. */
public enum Metric {
    events("events", 0),
    events_per_s("events/s", 0),
    p50_ms("p50 ms", 2),
    p99_ms("p99 ms", 2),
    max_ms("max ms", 1),
    cpu_us_per_event("CPU µs/event", 1),
    client_cpu_us_per_event("generator CPU µs/event", 1),
    cpu_cores("CPU cores", 2),
    written_bytes_per_event("bytes written/event", 0),
    events_per_commit("events/commit", 1),
    rss_mib("resident MiB", 0),
    rss_peak_mib("resident peak MiB", 0),
    start_ms("start ms", 0),
    micros_per_call("µs/call", 1),
    delivered_share("delivered", 3),
    database_mib("database MiB", 0),
    cache_mib("SQLite cache MiB", 0),
    seconds("s", 2);

    private final String title;
    private final int decimals;

    Metric(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    /** What stands over its column. */
    public String title() {
        return title;
    }

    public int decimals() {
        return decimals;
    }
}
