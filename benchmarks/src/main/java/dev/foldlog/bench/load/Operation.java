package dev.foldlog.bench.load;

/** What a caller does again and again. */
@FunctionalInterface
public interface Operation {
    /** Begins one, and tells the answer when it is there; never waits for it. */
    void begin(int caller, Answer answer);

    /** Told how it went, once. */
    interface Answer {
        /** It brought or stored so many events. */
        void done(long events);

        void failed(Throwable cause);
    }
}
