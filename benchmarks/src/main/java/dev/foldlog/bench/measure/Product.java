package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.WireForm;
import dev.foldlog.bench.process.ProcessUsage;
import java.io.IOException;

/** A server that the load driver knows how to call over gRPC: ours, a limit, or a peer. */
public interface Product {
    String name();

    /** Full name of the method that appends. */
    String appendMethod();

    /** Full name of the method that streams everything, its batches having the events in field 1. */
    String readAllMethod();

    /** The request that asks it for everything from the oldest event on. */
    byte[] readAllRequest();

    /** How its appends carry events. */
    WireForm form();

    /** Starts it over a new, empty store. */
    Running start(Ground ground) throws Exception;

    /** A server that runs, with the store that it owns. */
    interface Running extends AutoCloseable {
        int port();

        ProcessUsage usage() throws IOException;

        /** How many events it holds. */
        long storedEvents(Channels channels);

        /** Whether it stores at all: the echo does not. */
        boolean isKeepingEvents();

        /** Ends it and removes its store. */
        @Override
        void close() throws IOException;
    }
}
