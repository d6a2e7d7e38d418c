//! Every scenario of `clients/scenarios/behaviours`, each as a test of its own, against the scenario server, which the
//! first of them starts. One runs at a time: they share the server.

mod calls;
mod errors;
mod memory;
mod proto;
mod readme;
mod runner;
mod server;
mod subscriptions;
mod worker;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

/// A test for each file, and one that says which files have none.
macro_rules! scenarios {
    ($($name:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                runner::run(stringify!($name)).await;
            }
        )*

        #[test]
        fn every_scenario_has_its_test() {
            assert_eq!(runner::names(), [$(stringify!($name)),*]);
        }
    };
}

scenarios! {
    a_hundred_thousand_events_in_constant_memory
    a_lost_answer_is_stored_once
    a_payload_of_one_mebibyte
    a_read_goes_on_where_it_broke
    a_subscription_follows_and_says_when_it_is_live
    a_subscription_resumes_over_a_restart
    a_transaction_gives_up
    a_transaction_is_of_one_snapshot
    a_transaction_runs_again_after_a_conflict
    a_transaction_whose_answer_is_lost
    a_worker_killed_ten_times
    an_outcome_that_stays_unknown
    append_and_read_every_field
    conditions_that_fail_say_what_is_there
    deadlines_and_cancels_reach_the_server
    events_get_time_ordered_ids
    every_error_has_its_type
    golden_messages_decode
    integers_beyond_double_survive
    of_two_workers_one_moves_the_checkpoint
    reads_select_and_order
    silence_is_noticed
    what_ends_a_subscription
    what_is_new_is_ignored
    what_may_pass_is_tried_again
}
