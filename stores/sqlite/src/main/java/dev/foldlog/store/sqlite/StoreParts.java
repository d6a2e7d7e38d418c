package dev.foldlog.store.sqlite;

import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** The running parts of an open store. */
record StoreParts(
        UUID storeId,
        DataFolder folder,
        StoreState state,
        Readers readers,
        WriteQueue queue,
        SqliteProjections.Participants participants,
        Thread writer,
        Thread moving,
        ExecutorService conditions) {}
