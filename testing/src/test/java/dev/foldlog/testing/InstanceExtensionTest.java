package dev.foldlog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Extensions in fields that are not static, two of them: each has a server of its own. */
final class InstanceExtensionTest {
    @RegisterExtension
    final FoldlogExtension foldlog = FoldlogExtension.onSqlite();

    @RegisterExtension
    final FoldlogExtension listening = FoldlogExtension.inMemory().listening();

    @RepeatedTest(2)
    void each_test_begins_with_an_empty_store() {
        assertThat(Calls.artifacts(foldlog.channel())).isEmpty();
        Calls.append(foldlog.channel(), "a");
        assertThat(Calls.artifacts(foldlog.channel())).containsExactly("a");
        assertThat(Calls.artifacts(listening.channel())).isEmpty();
    }

    @Test
    void only_the_one_that_listens_has_a_target() {
        assertThat(listening.target()).matches("127\\.0\\.0\\.1:\\d+");
        assertThat(Calls.info(listening.channel()).getStoreKind()).isEqualTo("memory");
        assertThat(Calls.info(foldlog.channel()).getStoreKind()).isEqualTo("sqlite");
    }
}
