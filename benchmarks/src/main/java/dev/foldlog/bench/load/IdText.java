package dev.foldlog.bench.load;

import java.nio.charset.StandardCharsets;

/** Writes UUIDs and artifact ids as text into places of a fixed width. */
final class IdText {
    static final String ID_PLACE = "00000000-0000-7000-8000-00000000beef";
    static final String ARTIFACT_PLACE = "answer-99999999";
    static final int ID_LENGTH = ID_PLACE.length();
    static final int ARTIFACT_LENGTH = ARTIFACT_PLACE.length();

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long VERSION_BITS = 0xf000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int DASHES_BEFORE = 4;

    private IdText() {}

    /** The first half of a UUID: of version 7 with the time, or of version 4. */
    static long high(IdKind kind, long millis, long random) {
        return switch (kind) {
            case ordered -> (millis << 16) | 0x7000L | (random & 0x0fffL);
            case random -> (random & ~VERSION_BITS) | 0x4000L;
        };
    }

    static long low(long random) {
        return (random & ~VARIANT_BITS) | VARIANT;
    }

    static void writeId(byte[] target, int at, long high, long low) {
        int place = at;
        for (int digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                target[place++] = '-';
            }
            long half = digit < 16 ? high : low;
            target[place++] = HEX[(int) (half >>> (60 - ((digit & 15) << 2))) & 15];
        }
        assert place == at + 32 + DASHES_BEFORE;
    }

    static void writeArtifact(byte[] target, int at, int number) {
        int rest = number;
        for (int place = at + ARTIFACT_LENGTH - 1; place >= at + ARTIFACT_LENGTH - 8; place--) {
            target[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The number in the last 12 digits of a UUID's text, where {@link Draw#numbered} puts it. */
    static long number(byte[] text, int at) {
        long number = 0;
        for (int i = at + ID_LENGTH - 12; i < at + ID_LENGTH; i++) {
            number = number << 4 | Character.digit(text[i], 16);
        }
        return number;
    }
}
