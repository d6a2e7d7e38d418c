package dev.foldlog.core.store;

/** What an answered append survives. */
public enum Durability {
    /** Nothing: events are gone when the process ends. */
    MEMORY,
    /** A killed process, not a power cut. */
    PROCESS,
    /** A power cut: on disk before the answer. */
    DISK,
    /** The loss of a machine: on disks of several before the answer. */
    REPLICATED
}
