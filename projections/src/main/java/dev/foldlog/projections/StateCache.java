package dev.foldlog.projections;

import dev.foldlog.core.projection.KeyState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** States of one fold that were used lately, as they are stored. Bounded. Confined to one thread. */
final class StateCache {
    private static final long BYTES_MAX = 16L << 20;
    private static final int OBJECT_BYTES = 256;

    private final LinkedHashMap<String, KeyState> states = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The state if it is kept, else what the reading gives, which is kept then. */
    @Nullable
    KeyState state(String key, FoldBatch.States reading) {
        KeyState kept = states.get(key);
        if (kept != null) {
            return kept;
        }
        KeyState read = reading.of(key);
        if (read != null) {
            keep(read);
        }
        return read;
    }

    /** Takes over what was written. */
    void take(Map<String, Optional<KeyState>> changed) {
        changed.forEach((key, state) -> {
            KeyState old = states.remove(key);
            bytes -= old == null ? 0 : size(old);
            state.ifPresent(this::keep);
        });
    }

    private void keep(KeyState state) {
        states.put(state.key(), state);
        bytes += size(state);
        while (bytes > BYTES_MAX && states.size() > 1) {
            bytes -= size(states.pollFirstEntry().getValue());
        }
    }

    private static long size(KeyState state) {
        return OBJECT_BYTES + 2L * state.key().length() + 2L * state.json().length();
    }
}
