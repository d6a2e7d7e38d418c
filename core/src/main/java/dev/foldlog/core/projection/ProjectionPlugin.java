package dev.foldlog.core.projection;

import java.util.Map;

/** Logic in Java, found by {@link java.util.ServiceLoader} and chosen by its name. Thread-safe. */
public interface ProjectionPlugin {
    /** Its name, which definitions use; unique among the plugins of a server. */
    String name();

    /**
     * Its logic under these settings. The same settings give the same logic, for ever: states that were folded
     * by it are compared with a fresh fold.
     *
     * @throws IllegalArgumentException when it cannot use the settings; the message is shown to callers
     */
    EventProjector open(Map<String, String> settings);
}
