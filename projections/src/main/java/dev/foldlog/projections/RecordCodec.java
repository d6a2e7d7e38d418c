package dev.foldlog.projections;

/** How what is stored of projections is encoded: part of the format on disk. Thread-safe. */
public interface RecordCodec {
    byte[] encode(FoldDefinition definition);

    byte[] encode(Life life);

    /** As {@link #encode(FoldDefinition)} made it. */
    FoldDefinition definition(byte[] encoded);

    /** As {@link #encode(Life)} made it. */
    Life life(byte[] encoded);
}
