package dev.foldlog.server.grpc.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SaidLatelyTest {
    private final SaidLately said = new SaidLately(2);

    @Test
    void says_each_thing_once() {
        assertThat(said.isNew("a")).isTrue();
        assertThat(said.isNew("b")).isTrue();
        assertThat(said.isNew("a")).isFalse();
    }

    @Test
    void keeps_no_more_than_it_may() {
        said.isNew("a");
        said.isNew("b");

        assertThat(said.isNew("c")).isTrue();
        assertThat(said.isNew("c")).isFalse();
        assertThat(said.isNew("a")).isTrue();
    }
}
