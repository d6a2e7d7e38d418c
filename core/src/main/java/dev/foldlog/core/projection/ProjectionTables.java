package dev.foldlog.core.projection;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.LogRead;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of projections, as the store's open write transaction sees and changes it: with the events of the
 * same transaction, and gone with them when it fails. For the thread of the transaction, while it is open.
 */
public interface ProjectionTables {
    /** Position of the newest event, those of this transaction included. */
    Position head();

    /** Reads the log, events of this transaction included; meant for few. */
    EventCursor readAll(LogRead read);

    Optional<StoredProjection> projection(String name);

    /** All projections in bytewise name order. */
    List<StoredProjection> projections();

    /** Makes or changes a projection; a generation 0 stands for no fold. A fold that none names is abandoned. */
    void put(String name, byte[] life, long serving, long shadow);

    /** Removes a projection; its folds are abandoned. */
    void delete(String name);

    /** Makes a fold without states that starts after a position. */
    StoredFold newFold(byte[] definition, Position after);

    /** The fold as it is now; empty when it is gone. */
    Optional<StoredFold> fold(long generation);

    /** Stores how far a fold is. */
    void update(StoredFold fold);

    @Nullable
    KeyState state(long generation, String key);

    /** Stores states over those under the same keys, and takes out those under the removed keys. */
    void write(long generation, Collection<KeyState> states, Collection<String> removedKeys);

    /**
     * Removes at most so many states of abandoned folds, and each such fold with its last state; false when
     * nothing is left to remove.
     */
    boolean sweep(int statesMax);
}
