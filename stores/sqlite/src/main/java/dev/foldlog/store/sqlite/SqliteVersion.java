package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of SQLite. Before 3.51.3 a writer and a checkpoint that meet at the wrong moment can corrupt a
 * database in WAL mode (<a href="https://sqlite.org/wal.html#walresetbug">the WAL-reset bug</a>), so
 * older ones are refused.
 */
record SqliteVersion(int major, int minor, int patch) implements Comparable<SqliteVersion> {
    static final SqliteVersion OLDEST = new SqliteVersion(3, 51, 3);

    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    static SqliteVersion of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("SQLite version: " + text + " (expected: such as 3.51.3)");
        }
        return new SqliteVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    void requireSafe() {
        if (compareTo(OLDEST) < 0) {
            throw new StoreException(ErrorCode.UNAVAILABLE, "SQLite: " + this + " (expected: " + OLDEST + " or newer)");
        }
    }

    @Override
    public int compareTo(SqliteVersion other) {
        return Comparator.comparingInt(SqliteVersion::major)
                .thenComparingInt(SqliteVersion::minor)
                .thenComparingInt(SqliteVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
