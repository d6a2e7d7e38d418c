package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.EventId;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code event.event_id}: 16 bytes (BLOB) for a UUID in lower-case canonical form, else the
 * text itself (TEXT). The two never compare equal in SQLite, so no text can pass for a UUID.
 */
final class IdColumn {
    private static final int CANONICAL_LENGTH = 36;
    private static final int UUID_BYTES = 16;

    private IdColumn() {}

    static void bind(PreparedStatement statement, int index, EventId id) throws SQLException {
        byte[] uuid = uuidBytes(id.text());
        if (uuid == null) {
            statement.setString(index, id.text());
        } else {
            statement.setBytes(index, uuid);
        }
    }

    /** The id in a column that was read as an object. */
    static @Nullable String text(@Nullable Object column) {
        if (column instanceof byte[] bytes && bytes.length == UUID_BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong()).toString();
        }
        return column instanceof String text ? text : null;
    }

    /** The bytes of a UUID in lower-case canonical form; null for any other id. */
    static byte @Nullable [] uuidBytes(String text) {
        if (text.length() != CANONICAL_LENGTH) {
            return null;
        }
        byte[] bytes = new byte[UUID_BYTES];
        int digits = 0;
        for (int i = 0; i < CANONICAL_LENGTH; i++) {
            char c = text.charAt(i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return null;
                }
            } else {
                int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
                if (digit < 0) {
                    return null;
                }
                bytes[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
                digits++;
            }
        }
        return bytes;
    }
}
