package dev.foldlog.conformance.kit;

import static java.util.Comparator.comparing;

import com.google.protobuf.Message;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListPartitionsResponse;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Ways in which a server may lie, each with the suite, and the test of it, that must catch it. */
enum Liar {
    DROPS_THE_LAST_EVENT_OF_A_BATCH("Reads", "a_partition_is_read_in_sequence_order_in_both_directions") {
        @Override
        Supplier<Lie> lies() {
            return () -> new EventsLie(events -> events.size() > 1 ? events.subList(0, events.size() - 1) : events);
        }
    },
    DROPS_THE_LAST_EVENT_OF_AN_APPEND("Appending", "the_answer_says_where_each_event_went") {
        @Override
        Supplier<Lie> lies() {
            return AppendLies.WithoutLast::new;
        }
    },
    SWAPS_TWO_EVENTS_OF_A_PARTITION("Reads", "a_partition_is_read_in_sequence_order_in_both_directions") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    ReadStreamResponse.class,
                    it -> it.toBuilder()
                            .clearEvents()
                            .addAllEvents(withFirstTwoSwapped(it.getEventsList()))
                            .build());
        }
    },
    SWAPS_TWO_EVENTS_OF_A_READ("Reads", "everything_is_read_in_position_order_in_both_directions") {
        @Override
        Supplier<Lie> lies() {
            return () -> new EventsLie(Liar::withFirstTwoSwapped);
        }
    },
    SWAPS_TWO_EVENTS_OF_AN_APPEND("Appending", "every_field_comes_back_from") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> it.toBuilder()
                            .clearEvents()
                            .addAllEvents(withFirstTwoSwapped(it.getEventsList()))
                            .build());
        }
    },
    REUSES_A_POSITION_AFTER_A_REFUSAL("Appending", "an_append_over_many_partitions_is_stored_whole_or_not_at_all") {
        @Override
        Supplier<Lie> lies() {
            return new ReusedPositions();
        }
    },
    IGNORES_PRECONDITIONS("Preconditions", "an_expected_sequence_must_be_the_last_one_exactly") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> it.toBuilder().clearPreconditions().build());
        }
    },
    IGNORES_PRECONDITIONS_OF_RIVALS(
            "Order", "of_clients_that_append_at_the_same_expected_sequence_exactly_one_succeeds") {
        @Override
        Supplier<Lie> lies() {
            return IGNORES_PRECONDITIONS.lies();
        }
    },
    IGNORES_A_TAG_IN_A_CONDITION("Boundaries", "all_tags_of_a_filter_are_demanded") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(AppendRequest.class, AppendLies::withFewerTagsInConditions);
        }
    },
    ANSWERS_A_RETRY_WITH_NEW_POSITIONS("Retries", "a_repeat_with_the_same_event_ids_answers_the_first_places") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(AppendResponse.class, AppendLies::movedIfReplayed);
        }
    },
    FORGETS_REQUEST_IDS("Retries", "a_repeat_with_the_same_request_id_answers_the_first_places") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class, it -> it.toBuilder().clearRequestId().build());
        }
    },
    TAKES_ALL_UUIDS_FOR_LOWER_CASE("Ids", "other_spellings_of_a_uuid_are_other_ids") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> AppendLies.withEvents(
                            it, e -> e.setEventId(e.getEventId().toLowerCase(Locale.ROOT))));
        }
    },
    STORES_WHAT_IT_SHOULD_ONLY_VALIDATE("Appending", "validate_only_stores_nothing_and_takes_no_ids") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> it.toBuilder().clearValidateOnly().build());
        }
    },
    READS_PAST_THE_SNAPSHOT("Snapshots", "each_position_is_a_snapshot") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    ReadAllRequest.class,
                    it -> it.toBuilder().clearAsOfPosition().build());
        }
    },
    RETURNS_A_SLICE_BY_TIME("Since", "the_order_is_that_of_sequences_not_of_times") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    ReadStreamSinceResponse.class,
                    it -> it.toBuilder()
                            .clearEvents()
                            .addAllEvents(it.getEventsList().stream()
                                    .sorted(comparing(e -> Times.instant(e.getTimestamp())))
                                    .toList())
                            .build());
        }
    },
    HIDES_THAT_A_SLICE_WAS_CUT("Since", "a_limit_keeps_the_highest_sequences_and_says_what_it_cut") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    ReadStreamSinceResponse.class,
                    it -> it.toBuilder().clearTruncated().build());
        }
    },
    TIDIES_JSON("Payloads", "every_byte_is_kept_of") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> AppendLies.withEvents(it, e -> {
                        if (e.getPayload().hasJson()) {
                            e.getPayloadBuilder()
                                    .setJson(e.getPayload().getJson().strip());
                        }
                    }));
        }
    },
    IGNORES_THE_SIZE_OF_BATCHES("Delivery", "batches_hold_no_more_events_than_asked_for") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    ReadAllRequest.class, it -> it.toBuilder().clearOptions().build());
        }
    },
    IGNORES_A_FIELD_OF_FILTERS("Filters", "read_stream_delivers") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    ReadStreamRequest.class,
                    it -> it.toBuilder()
                            .setFilter(it.getFilter().toBuilder().clearUntil())
                            .build());
        }
    },
    IGNORES_EXPRESSIONS("Expressions", "every_read_delivers_what_it_is_true_of") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    ReadAllRequest.class,
                    it -> it.toBuilder()
                            .setFilter(it.getFilter().toBuilder().clearExpression())
                            .build());
        }
    },
    LETS_A_FAILING_CONDITION_PASS("Expressions", "in_a_condition_an_event_on_which_it_fails_counts_as_a_match") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(AppendRequest.class, AppendLies::withConditionsThatPassOverFailures);
        }
    },
    HIDES_WHAT_FAILED("Expressions", "an_event_on_which_it_fails_is_left_out_and_counted") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    ReadStreamResponse.class,
                    it -> it.toBuilder().clearFilterErrors().build());
        }
    },
    DELIVERS_TWICE("Subscriptions", "the_past_comes_first_then_the_turn_to_live_then_what_is_appended") {
        @Override
        Supplier<Lie> lies() {
            return SubscriptionLies.Twice::new;
        }
    },
    LOSES_THE_EVENT_BETWEEN_PAST_AND_LIVE("Subscriptions", "nothing_falls_between_the_past_and_live") {
        @Override
        Supplier<Lie> lies() {
            return SubscriptionLies.WithoutFirstLive::new;
        }
    },
    LOSES_AN_EVENT_WHEN_RESUMED("Subscriptions", "resuming_at_any_message_leaves_no_gap_and_repeats_nothing") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    SubscribeAllRequest.class,
                    it -> it.getAfterPosition() == 0
                            ? it
                            : it.toBuilder()
                                    .setAfterPosition(it.getAfterPosition() + 1)
                                    .build());
        }
    },
    RESUMES_IN_ANY_STORE("SubscriptionStarts", "another_stores_id_is_refused_and_its_own_is_taken") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    SubscribeAllRequest.class,
                    it -> it.toBuilder().clearStoreId().build());
        }
    },
    MOVES_CHECKPOINTS_BACK("Checkpoints", "going_back_is_refused_unless_forced") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    CommitCheckpointRequest.class,
                    it -> it.toBuilder().setForce(true).build());
        }
    },
    IGNORES_WHERE_A_CHECKPOINT_WAS_EXPECTED("AppendCheckpoints", "one_that_cannot_move_refuses_the_whole_append") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(AppendRequest.class, AppendLies::withoutExpectedPositions);
        }
    },
    SHOWS_A_LATER_POSITION_BEFORE_AN_EARLIER_ONE(
            "Order", "a_reader_never_sees_a_later_position_before_an_earlier_one_appears") {
        @Override
        Supplier<Lie> lies() {
            return new LateEvents();
        }
    },
    TAKES_MORE_THAN_ITS_LIMITS("Limits", "events_of_an_append") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(AppendRequest.class, AppendLies::cutToLimits);
        }
    },
    REPAIRS_BAD_EVENTS("BadAppends", "an_event_is_refused_with") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    AppendRequest.class,
                    it -> AppendLies.withEvents(it, e -> e.setEventVersion(Math.max(0, e.getEventVersion()))));
        }
    },
    TAKES_UNKNOWN_DIRECTIONS("BadCalls", "read_all_is_refused_with") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.about(
                    ReadAllRequest.class,
                    it -> it.getDirectionValue() > 1
                            ? it
                            : it.toBuilder().clearDirection().build());
        }
    },
    LISTS_PARTITIONS_BY_LETTER("Partitions", "keys_are_listed_in_the_order_of_their_bytes") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    ListPartitionsResponse.class,
                    it -> it.toBuilder()
                            .clearPartitions()
                            .addAllPartitions(it.getPartitionsList().stream()
                                    .sorted(comparing(Partition::getPartitionKey))
                                    .toList())
                            .build());
        }
    },
    BOASTS_OF_LIMITS("StoreInfo", "limits_are_those_declared") {
        @Override
        Supplier<Lie> lies() {
            return () -> Lie.in(
                    GetStoreInfoResponse.class,
                    it -> it.toBuilder()
                            .setLimits(it.getLimits().toBuilder().setMaxBatchEvents(1_000_000))
                            .build());
        }
    },
    FORGETS_AFTER_A_RESTART("Restart", "events_identity_and_partitions_are_still_there") {
        @Override
        Supplier<Lie> lies() {
            return () -> new Lie() {};
        }
    },
    SHOWS_ONE_CLIENT_LESS_THAN_THE_OTHER("TwoClients", "what_one_was_answered_the_other_sees_at_once") {
        @Override
        Supplier<Lie> lies() {
            return DROPS_THE_LAST_EVENT_OF_A_BATCH.lies();
        }
    },
    STUMBLES_OVER_UNKNOWN_FIELDS("Compatibility", "an_append_is_stored_as_if_it_had_none") {
        @Override
        Supplier<Lie> lies() {
            return () -> new Lie() {
                @Override
                public Message request(Message request) {
                    return request.getUnknownFields().asMap().isEmpty() ? request : request.getDefaultInstanceForType();
                }
            };
        }
    },
    SHOWS_ITS_INSIDES_IN_ERRORS("Errors", "each_keeps_the_promises_of_all") {
        @Override
        Supplier<Lie> lies() {
            return () -> new Lie() {
                @Override
                public Status end(Status status) {
                    return status.isOk()
                            ? status
                            : status.withDescription("org.sqlite.SQLiteException: select * from event at "
                                    + "dev.foldlog.Store.read(Store.java:7)");
                }
            };
        }
    },
    HIDES_WHAT_IT_CAN_DO("Checkpoints", "a_checkpoint_is_made_and_moved_forward") {
        @Override
        Supplier<Lie> lies() {
            return () -> new Lie() {};
        }
    };

    private final String suite;
    private final String test;

    Liar(String suite, String test) {
        this.suite = suite;
        this.test = test;
    }

    /** Name of the suite that must catch it. */
    String suite() {
        return suite;
    }

    /** Name of the test of that suite that must fail. */
    String test() {
        return test;
    }

    /** A lie for each call; what is remembered between calls lives as long as one store. */
    abstract Supplier<Lie> lies();

    private static <T> List<T> withFirstTwoSwapped(List<T> events) {
        List<T> swapped = new ArrayList<>(events);
        if (swapped.size() > 1) {
            swapped.set(0, events.get(1));
            swapped.set(1, events.get(0));
        }
        return swapped;
    }
}
