package dev.foldlog.server.grpc.codec;

import static java.util.Objects.requireNonNull;

/** Whether something can be kept as a JSON payload. */
public sealed interface JsonVerdict {
    /** Levels of objects and arrays that a payload may have; the payload itself is the first. */
    int LEVELS_MAX = 100;

    /** It can, as this UTF-8 text of one JSON object. The array is shared: nobody may change it. */
    @SuppressWarnings("ArrayRecordComponent") // identity of the array is never compared; copying would cost
    record Sound(byte[] text) implements JsonVerdict {
        public Sound {
            requireNonNull(text, "text");
        }
    }

    /**
     * It is not JSON, or no object, or says something twice.
     *
     * @param path where inside the payload, such as {@code a.b[2]}; empty when the problem says where
     * @param expected completes "(expected: …)"
     */
    record Malformed(String path, String problem, String expected) implements JsonVerdict {
        /** What is no JSON object at all, or says a key twice. */
        public Malformed(String path, String problem) {
            this(path, problem, "one JSON object, no key twice");
        }

        public Malformed {
            requireNonNull(expected, "expected");
            requireNonNull(path, "path");
            requireNonNull(problem, "problem");
        }
    }

    /** It has more than {@link #LEVELS_MAX} levels; this many were seen before looking further was given up. */
    record TooDeep(int levels) implements JsonVerdict {}
}
