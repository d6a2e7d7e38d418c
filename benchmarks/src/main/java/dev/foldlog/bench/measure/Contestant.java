package dev.foldlog.bench.measure;

import dev.foldlog.bench.report.Sample;
import java.io.IOException;
import java.time.Duration;

/** One that takes part in a measure, ready for its turns. Confined to the thread that runs the measure. */
public interface Contestant extends AutoCloseable {
    /** Has a turn. */
    Sample turn(Duration duration) throws Exception;

    /** Proves that the work was done, as far as that can be asked; after the last turn. */
    default void check() throws Exception {}

    @Override
    void close() throws IOException;
}
