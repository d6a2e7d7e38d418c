package dev.foldlog.conformance.report;

/**
 * What became of tests. Undeclared are those that asserted, with success, that what they need is refused, because
 * the server does not declare it; and all of a suite that this run could not put to the server.
 */
public record Count(int passed, int failed, int undeclared) {
    /** Of no test. */
    public static final Count NONE = new Count(0, 0, 0);

    public Count {
        if (passed < 0 || failed < 0 || undeclared < 0) {
            throw new IllegalArgumentException(
                    "count: " + passed + '/' + failed + '/' + undeclared + " (expected: >= 0)");
        }
    }

    /** Both together. */
    public Count plus(Count other) {
        return new Count(passed + other.passed, failed + other.failed, undeclared + other.undeclared);
    }
}
