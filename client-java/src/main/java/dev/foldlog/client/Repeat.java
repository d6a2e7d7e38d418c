package dev.foldlog.client;

/** What a call does, and so when it may be made again by itself. */
enum Repeat {
    /** It only reads: again whenever the failure may pass. */
    READ,
    /** It writes under ids that make a second time the same as the first: again whenever the failure may pass. */
    WRITE_WITH_IDS,
    /** It writes without such ids: again only when it is certain that it took no effect. */
    WRITE_ONCE
}
