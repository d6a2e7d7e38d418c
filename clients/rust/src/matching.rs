use prost_types::Timestamp;

use crate::v1::{EventFilter, RecordedEvent};

/// What a filter means, evaluated here: for events that are not stored yet. Expressions cannot be.
impl EventFilter {
    /// Whether the filter, or an alternative in it, has an expression.
    pub(crate) fn has_expression(&self) -> bool {
        !self.expression.is_empty() || self.any_of.iter().any(Self::has_expression)
    }

    /// Whether an event matches a filter without expressions.
    pub(crate) fn matches(&self, event: &RecordedEvent) -> bool {
        accepts(&self.partition_keys, &event.partition_key)
            && accepts(&self.actions, &event.action)
            && accepts(&self.artifact_types, &event.artifact_type)
            && accepts(&self.artifact_ids, &event.artifact_id)
            && accepts(&self.thread_ids, &event.thread_id)
            && accepts(&self.producers, &event.producer)
            && self.is_in_time(event.timestamp.unwrap_or_default())
            && self.tags.iter().all(|tag| event.tags.contains(tag))
            && (self.any_of.is_empty() || self.any_of.iter().any(|one| one.matches(event)))
    }

    fn is_in_time(&self, time: Timestamp) -> bool {
        self.since.is_none_or(|since| instant(time) >= instant(since))
            && self.until.is_none_or(|until| instant(time) < instant(until))
    }
}

fn accepts(wanted: &[String], actual: &String) -> bool {
    wanted.is_empty() || wanted.contains(actual)
}

/// A time as a number that can be compared.
pub(crate) fn instant(time: Timestamp) -> i128 {
    i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> RecordedEvent {
        RecordedEvent {
            action: "approve".into(),
            producer: "p".into(),
            artifact_id: "a".into(),
            artifact_type: "answer".into(),
            thread_id: "t".into(),
            partition_key: "a/t".into(),
            timestamp: Some(time(10, 5)),
            tags: vec!["x".into(), "y".into()],
            ..RecordedEvent::default()
        }
    }

    fn time(seconds: i64, nanos: i32) -> Timestamp {
        Timestamp { seconds, nanos }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().copied().map(String::from).collect()
    }

    /// Filters of one field with these values, each field in turn.
    fn filters(values: [&[&str]; 6]) -> [EventFilter; 6] {
        let [keys, actions, types, ids, threads, producers] = values.map(texts);
        let none = EventFilter::default;
        [
            EventFilter { partition_keys: keys, ..none() },
            EventFilter { actions, ..none() },
            EventFilter { artifact_types: types, ..none() },
            EventFilter { artifact_ids: ids, ..none() },
            EventFilter { thread_ids: threads, ..none() },
            EventFilter { producers, ..none() },
        ]
    }

    #[test]
    fn an_empty_filter_matches() {
        assert!(EventFilter::default().matches(&event()));
    }

    #[test]
    fn values_of_a_field_are_alternatives() {
        let right =
            filters([&["x", "a/t"], &["x", "approve"], &["x", "answer"], &["x", "a"], &["x", "t"], &["x", "p"]]);
        assert!(right.iter().all(|it| it.matches(&event())));
        assert!(!filters([&["x"]; 6]).iter().any(|it| it.matches(&event())));
    }

    #[test]
    fn fields_must_all_match() {
        let mut filter = EventFilter { actions: texts(&["approve"]), ..EventFilter::default() };
        assert!(filter.matches(&event()));
        filter.producers = texts(&["q"]);
        assert!(!filter.matches(&event()));
    }

    #[test]
    fn all_tags_must_be_there() {
        let tagged = |tags: &[&str]| EventFilter { tags: texts(tags), ..EventFilter::default() };
        assert!(tagged(&["y", "x"]).matches(&event()));
        assert!(!tagged(&["x", "z"]).matches(&event()));
    }

    #[test]
    fn since_is_inclusive_and_until_is_not_to_the_nanosecond() {
        let since = |time| EventFilter { since: Some(time), ..EventFilter::default() };
        let until = |time| EventFilter { until: Some(time), ..EventFilter::default() };
        assert!(since(time(10, 5)).matches(&event()));
        assert!(!since(time(10, 6)).matches(&event()));
        assert!(until(time(10, 6)).matches(&event()));
        assert!(!until(time(10, 5)).matches(&event()));
    }

    #[test]
    fn one_alternative_must_match_beside_the_fields() {
        let one = |action: &str| EventFilter { actions: texts(&[action]), ..EventFilter::default() };
        let mut filter = EventFilter { any_of: vec![one("reject"), one("approve")], ..EventFilter::default() };
        assert!(filter.matches(&event()));
        filter.any_of.pop();
        assert!(!filter.matches(&event()));
    }

    #[test]
    fn expressions_are_found_in_alternatives() {
        let inner = EventFilter { expression: "true".into(), ..EventFilter::default() };
        let outer = EventFilter { any_of: vec![inner.clone()], ..EventFilter::default() };
        assert!(inner.has_expression() && outer.has_expression());
        assert!(!EventFilter::default().has_expression());
    }
}
