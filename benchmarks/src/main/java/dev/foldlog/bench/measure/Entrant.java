package dev.foldlog.bench.measure;

import static java.util.Objects.requireNonNull;

/**
 * One that may take part in a measure.
 *
 * @param name stands in the report
 */
public record Entrant(String name, Opening opening) {
    /** The name of the product itself, over which goals are stated. */
    public static final String FOLDLOG = "foldlog";

    public Entrant {
        requireNonNull(name, "name");
        requireNonNull(opening, "opening");
    }

    /** Makes it ready. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Starts what it needs.
         *
         * @throws MissingException when it cannot take part on this machine
         */
        Contestant open(Ground ground) throws Exception;
    }

    /** It is not there, and why. */
    public static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        public MissingException(String message) {
            super(message);
        }
    }
}
