package dev.foldlog.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DerivedIdsTest {
    @Test
    void ids_are_uuids_of_version_8_in_the_order_of_the_lines() {
        DerivedIds ids = new DerivedIds(hash(1));
        String before = "";
        for (long line = 1; line < 1_000; line++) {
            UUID id = UUID.fromString(ids.ofLine(line));
            assertThat(id.version()).isEqualTo(8);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.toString()).isGreaterThan(before);
            before = id.toString();
        }
    }

    @Test
    void other_content_gives_other_ids() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 1_000; seed++) {
            assertThat(seen.add(new DerivedIds(hash(seed)).ofLine(1))).isTrue();
        }
    }

    @Test
    void the_same_content_gives_the_same_id() {
        assertThat(new DerivedIds(hash(3)).ofLine(7)).isEqualTo(new DerivedIds(hash(3)).ofLine(7));
        assertThat(new DerivedIds(new byte[32]).ofLine(7)).isEqualTo("00000000-0000-8000-8000-000000000007");
    }

    @Test
    void lines_are_counted_from_1() {
        assertThatThrownBy(() -> new DerivedIds(hash(1)).ofLine(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hash(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
