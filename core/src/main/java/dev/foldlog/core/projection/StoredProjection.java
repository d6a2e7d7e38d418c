package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A projection as it is stored.
 *
 * @param life what became of it so far, encoded by the engine; shared, not copied
 * @param serving the fold that answers; null before the first build is done
 * @param shadow the fold that is being built to take its place; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredProjection(
        String name,
        byte[] life,
        @Nullable StoredFold serving,
        @Nullable StoredFold shadow) {
    public StoredProjection {
        requireNonNull(name, "name");
        requireNonNull(life, "life");
    }
}
