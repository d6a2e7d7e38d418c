package dev.foldlog.server.grpc.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTokensTest {
    private static final FieldPath FIELD = FieldPath.ROOT.field("page_token");

    private final PageTokens tokens = new PageTokens("partitions", "run-");

    @ParameterizedTest
    @ValueSource(strings = {"run-1", "x", "grün 😀", "a\nb"})
    void gives_back_the_key(String key) {
        Violations violations = new Violations();

        assertThat(tokens.lastKey(tokens.after(key), FIELD, violations)).isEqualTo(key);
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void the_first_page_needs_no_token() {
        Judged.by(it -> assertThat(tokens.lastKey("", FIELD, it)).isEmpty()).isAccepted();
    }

    @Test
    void refuses_the_token_of_another_list() {
        judged(new PageTokens("partitions", "run").after("run-1")).isMalformed("page_token");
        judged(new PageTokens("partitions", "").after("run-1")).isMalformed("page_token");
        judged(new PageTokens("checkpoints", "run-").after("run-1")).isMalformed("page_token");
        judged(new PageTokens("partitionsrun-", "").after("run-1")).isMalformed("page_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!", "run-1", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA", "\u0000", "😀"})
    void refuses_garbage(String token) {
        judged(token).isMalformed("page_token");
    }

    @Test
    void refuses_a_token_with_any_byte_changed() {
        Random random = new Random(4);
        byte[] token = Base64.getUrlDecoder().decode(tokens.after("run-17"));
        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= (byte) (1 + random.nextInt(255));
            judged(Base64.getUrlEncoder().withoutPadding().encodeToString(changed))
                    .isMalformed("page_token");
        }
    }

    private Judged judged(String token) {
        return Judged.by(violations -> tokens.lastKey(token, FIELD, violations));
    }
}
