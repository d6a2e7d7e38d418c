package dev.foldlog.client;

import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The events of one read, pulled from the server batch by batch as they are used: one batch is in use and at most
 * one more waits, however slow the user is. All of them are as of one snapshot. A connection that breaks is made
 * again and the read goes on where it was, as often as {@link ClientOptions#retry} allows between two batches.
 *
 * <p>The methods wait for the server and throw {@link dev.foldlog.client.error.FoldlogException} when it fails.
 * An iterator that is not used up must be closed, or the server keeps the read open. Confined to one thread, but
 * for {@link #close}.
 */
public final class EventIterator implements Iterator<RecordedEvent>, AutoCloseable {
    private final ResumingRead<?, ?> read;
    private Iterator<RecordedEvent> events = List.<RecordedEvent>of().iterator();
    private @Nullable ReadBatch newest;
    private boolean isAtEnd;

    EventIterator(ResumingRead<?, ?> read) {
        this.read = read;
    }

    @Override
    public boolean hasNext() {
        while (!events.hasNext() && !isAtEnd) {
            fetch();
        }
        return events.hasNext();
    }

    @Override
    public RecordedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the read has ended");
        }
        return events.next();
    }

    /** The read's snapshot: pass it as {@code as_of_position} to read something else at the same point. */
    public long asOfPosition() {
        return newest().asOfPosition();
    }

    /** The partition's last sequence as of the snapshot, 0: empty. 0 in a read across partitions. */
    public long lastSequence() {
        return newest().lastSequence();
    }

    /**
     * How far a read across partitions has looked, with the batch in use: the {@code after_position} that goes on
     * behind this batch. 0 in reads of one partition.
     */
    public long scannedPosition() {
        return newest().scannedPosition();
    }

    /** Whether the limit of a {@code readStreamSince} left older events of the slice out. */
    public boolean isTruncated() {
        return newest().isTruncated();
    }

    /** What is left, as a stream in the same order, sequential; closing it closes this. */
    public Stream<RecordedEvent> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                this, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                        false)
                .onClose(this::close);
    }

    /** What is left, in memory. Closes this. */
    public List<RecordedEvent> toList() {
        try (this) {
            List<RecordedEvent> all = new ArrayList<>();
            forEachRemaining(all::add);
            return List.copyOf(all);
        }
    }

    /** Ends the read; the server is told. No further batch comes. Safe to repeat and from any thread. */
    @Override
    public void close() {
        read.close();
    }

    private ReadBatch newest() {
        if (newest == null) {
            fetch();
        }
        if (newest == null) {
            throw new IllegalStateException("closed before the first batch came");
        }
        return newest;
    }

    private void fetch() {
        ReadBatch batch = read.next();
        if (batch == null) {
            isAtEnd = true;
            return;
        }
        newest = batch;
        events = batch.events().iterator();
    }
}
