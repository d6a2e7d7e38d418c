package dev.foldlog.client;

import dev.foldlog.v1.RecordedEvent;
import java.util.List;

/**
 * One batch of any read.
 *
 * @param asOfPosition the read's snapshot
 * @param lastSequence last sequence of the partition as of the snapshot; 0 in reads across partitions
 * @param scannedPosition how far a read across partitions has looked; 0 in reads of one partition
 * @param isTruncated whether a limit cut off older events of the slice
 */
record ReadBatch(
        List<RecordedEvent> events, long asOfPosition, long lastSequence, long scannedPosition, boolean isTruncated) {}
