package dev.foldlog.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NoEventsMatching;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionTest {
    @Test
    void a_sequence_is_what_follows_the_last_equals_sign() {
        assertThat(Condition.SequenceIs.parse("a=b=3")).isEqualTo(new Condition.SequenceIs("a=b", 3));
    }

    @Test
    void none_matching_is_a_position_and_a_selection() {
        NoEventsMatching none = Condition.toWire(Condition.NoneMatching.parse("after=42,tag=user:u7,tag=x,action=a=b"))
                .getNoEventsMatching();
        assertThat(none.getAfterPosition()).isEqualTo(42);
        assertThat(none.getFilter())
                .isEqualTo(EventFilter.newBuilder()
                        .addTags("user:u7")
                        .addTags("x")
                        .addActions("a=b")
                        .build());
    }

    @Test
    void every_name_of_a_selection_reaches_its_field() {
        EventFilter filter = SelectionText.parse("partition=p,action=a,type=t,artifact=i,thread=h,producer=r,tag=g")
                .filter();
        assertThat(filter)
                .isEqualTo(EventFilter.newBuilder()
                        .addPartitionKeys("p")
                        .addActions("a")
                        .addArtifactTypes("t")
                        .addArtifactIds("i")
                        .addThreadIds("h")
                        .addProducers("r")
                        .addTags("g")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=3", "a=", "a=x", "a"})
    void other_texts_are_no_sequence(String text) {
        assertThatThrownBy(() -> Condition.SequenceIs.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "after=1", "tag=x", "after=x,tag=y", "after=1,tag=", "after=1,colour=red", "after=1,"})
    void other_texts_are_no_selection_after_a_position(String text) {
        assertThatThrownBy(() -> Condition.NoneMatching.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_checkpoint_moves_from_one_position_to_another() {
        assertThat(AppendOrder.CheckpointMove.parse("a=b=0..7")).isEqualTo(new AppendOrder.CheckpointMove("a=b", 0, 7));
        assertThat(List.of("a", "a=1", "a=1..", "=1..2"))
                .allSatisfy(text -> assertThatThrownBy(() -> AppendOrder.CheckpointMove.parse(text))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
