package dev.foldlog.client;

import dev.foldlog.v1.RecordedEvent;

/**
 * How far a read has come.
 *
 * @param asOfPosition the read's snapshot, -1: not known yet
 * @param events how many events have come
 * @param sequence sequence of the last of them, 0: none yet
 * @param position how far a read across partitions has looked, 0: nowhere yet
 */
record ReadProgress(long asOfPosition, long events, long sequence, long position) {
    static final ReadProgress NONE = new ReadProgress(-1, 0, 0, 0);

    boolean hasBegun() {
        return asOfPosition >= 0;
    }

    ReadProgress after(ReadBatch batch) {
        int count = batch.events().size();
        long lastSequence = count == 0 ? sequence : last(batch).getSequence();
        long lastPosition = count == 0 ? position : last(batch).getPosition();
        return new ReadProgress(
                batch.asOfPosition(),
                events + count,
                lastSequence,
                batch.scannedPosition() > 0 ? batch.scannedPosition() : lastPosition);
    }

    private static RecordedEvent last(ReadBatch batch) {
        return batch.events().get(batch.events().size() - 1);
    }

    /** Whether nothing is left to read: the store was empty, or the limit (0: none) is reached. */
    boolean isAtEnd(long limit) {
        return asOfPosition == 0 || (limit > 0 && events >= limit);
    }

    /** What is left of a limit; 0: there is none. */
    long left(long limit) {
        return limit == 0 ? 0 : limit - events;
    }
}
