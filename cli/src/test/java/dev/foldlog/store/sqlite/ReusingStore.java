package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.store.sqlite.FaultResponse.Verdict;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A store that is wrong on purpose: after an error it goes on with the same connection, and tells the
 * callers that nothing was stored.
 */
public record ReusingStore(Path folder) implements StoreSettings {
    @Override
    public int readersMax() {
        return settings().readersMax();
    }

    @Override
    public EventStore open(EventCodec codec, InstantSource clock) {
        return StoreOpening.open(
                settings(),
                codec,
                new StoreOpening.Ground(
                        clock, (_, _) -> new Verdict(ErrorCode.STORAGE_FULL, false, false), Connections::writing));
    }

    private SqliteSettings settings() {
        return SqliteSettings.of(folder);
    }
}
