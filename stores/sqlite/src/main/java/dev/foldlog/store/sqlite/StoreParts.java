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
        Thread writer,
        WalMover mover,
        Thread moving,
        ExecutorService conditions) {}
