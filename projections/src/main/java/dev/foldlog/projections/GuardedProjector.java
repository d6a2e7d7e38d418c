package dev.foldlog.projections;

import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.projection.EventProjector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logic held to its contract: whatever it throws, or gives that cannot be kept, is an {@link ApplyException}. */
final class GuardedProjector {
    static final int KEYS_MAX = 100;
    static final int KEY_BYTES_MAX = 512;
    static final int STATE_CHARS_MAX = 1 << 20;
    private static final int MESSAGE_CHARS_MAX = 300;

    private final EventProjector logic;

    GuardedProjector(EventProjector logic) {
        this.logic = logic;
    }

    boolean applies(EventView event) {
        return guarded("applies", () -> logic.applies(event));
    }

    List<String> keys(EventView event) {
        List<String> keys = guarded("key", () -> List.copyOf(logic.keys(event)));
        if (keys.size() > KEYS_MAX) {
            throw new ApplyException("key: " + keys.size() + " keys (expected: at most " + KEYS_MAX + ')');
        }
        if (keys.size() > 1 && Set.copyOf(keys).size() < keys.size()) {
            throw new ApplyException("key: the same key twice (expected: each once)");
        }
        keys.forEach(GuardedProjector::requireKey);
        return keys;
    }

    @Nullable
    String apply(EventView event, String state) {
        String next = guardedNullable("apply", () -> logic.apply(event, state));
        if (next != null && next.length() > STATE_CHARS_MAX) {
            throw new ApplyException(
                    "apply: a state of " + next.length() + " characters (expected: at most " + STATE_CHARS_MAX + ')');
        }
        return next;
    }

    private static void requireKey(String key) {
        if (key.isEmpty()) {
            throw new ApplyException("key: empty (expected: 1 to " + KEY_BYTES_MAX + " bytes)");
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > KEY_BYTES_MAX) {
            throw new ApplyException("key: " + bytes.length + " bytes (expected: at most " + KEY_BYTES_MAX + ')');
        }
        if (key.indexOf(0) >= 0 || !new String(bytes, StandardCharsets.UTF_8).equals(key)) {
            throw new ApplyException("key: not clean text (expected: whole characters without NUL)");
        }
    }

    private static <T> T guarded(String part, Supplier<T> call) {
        T result = guardedNullable(part, call::get);
        if (result == null) {
            throw new ApplyException(part + ": null (expected: a value)");
        }
        return result;
    }

    private static <T> @Nullable T guardedNullable(String part, Nulling<T> call) {
        try {
            return call.get();
        } catch (
                Throwable e) { // of foreign code an Error too, and what it throws undeclared: the event failed, no more
            rethrowIfFatal(e);
            String message = e.getMessage();
            throw new ApplyException(
                    part + ": " + cut(message == null ? e.getClass().getSimpleName() : message));
        }
    }

    /** Rethrows what says that the process is in trouble, not the foreign code that was called. */
    static void rethrowIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    private static String cut(String message) {
        return message.length() <= MESSAGE_CHARS_MAX ? message : message.substring(0, MESSAGE_CHARS_MAX) + '…';
    }

    private interface Nulling<T> {
        @Nullable
        T get();
    }
}
