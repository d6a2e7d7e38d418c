package dev.foldlog.bench.load;

/** How events are named. The names are what is typed. */
public enum IdKind {
    /** UUIDv7, as the server and the clients make them: milliseconds first, the rest random. */
    ordered,
    /** UUIDv4: nothing but random. */
    random
}
