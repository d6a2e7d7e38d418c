package dev.foldlog.cli.faults.power;

/** Something that a process did to its disk or told the world, in the order it was done. */
sealed interface DiskOp {
    /** Bytes written into a file; nobody changes them. */
    @SuppressWarnings("ArrayRecordComponent") // large, and never compared
    record Write(String file, long offset, byte[] bytes) implements DiskOp {}

    /** A file cut or grown to a size. */
    record Resize(String file, long size) implements DiskOp {}

    /** A file removed; a later one of the same name begins empty. */
    record Unlink(String file) implements DiskOp {}

    /** Everything written to a file before is on the disk. */
    record Sync(String file) implements DiskOp {}

    /** The names in the folder are on the disk, so what was removed from it stays removed. */
    record FolderSync() implements DiskOp {}

    /**
     * A sync that failed: Linux then takes what was written before as clean, so no later sync makes it
     * durable.
     */
    record FailedSync(String file) implements DiskOp {}

    /** A line said to the world. */
    record Said(String line) implements DiskOp {}
}
