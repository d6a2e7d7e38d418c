use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const COUNTER_BITS: u32 = 12;

/// Ids for events that have none: UUIDv7 (RFC 9562), which sort by the time they were made, as the store's index of
/// ids likes them.
#[derive(Debug, Default)]
pub(crate) struct EventIds {
    /// Milliseconds and a counter of the last id.
    last_tick: AtomicU64,
}

impl EventIds {
    /// A new id, greater than every one that was made here before, also when the clock goes back.
    pub(crate) fn next(&self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        self.next_at(now.map_or(0, |since| since.as_millis() as u64), random())
    }

    fn next_at(&self, millis: u64, random: u64) -> String {
        let now = millis << COUNTER_BITS;
        let advanced = |last: u64| now.max(last + 1);
        // Always Some: nothing is refused.
        let last = self
            .last_tick
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(advanced(last)))
            .unwrap_or_else(|last| last);
        let tick = advanced(last);
        let (millis, counter) = (tick >> COUNTER_BITS, tick & 0xfff);
        let variant = 0x8000 | (random >> 48 & 0x3fff);
        format!(
            "{:08x}-{:04x}-7{counter:03x}-{variant:04x}-{:012x}",
            millis >> 16,
            millis & 0xffff,
            random & 0xffff_ffff_ffff
        )
    }
}

/// Random bits of the operating system.
///
/// # Panics
/// When it has none.
pub(crate) fn random() -> u64 {
    getrandom::u64().expect("the operating system gives random bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_layout_of_a_uuid_of_version_7() {
        let id = EventIds::default().next_at(0x0193_4d1c_7a5e, 0xffff_1234_5678_9abc);
        assert_eq!(id, "01934d1c-7a5e-7000-bfff-123456789abc");
    }

    #[test]
    fn ids_ascend_within_a_millisecond_beyond_the_counter_and_when_the_clock_goes_back() {
        let ids = EventIds::default();
        let mut made: Vec<_> = (0..5000).map(|_| ids.next_at(1000, random())).collect();
        made.push(ids.next_at(1, random()));
        assert!(made.is_sorted_by(|one, other| one < other));
        assert!(made[0].starts_with("00000000-03e8-7000-"));
        assert!(made[4096].starts_with("00000000-03e9-7000-"));
    }

    #[test]
    fn threads_never_make_the_same_id_and_each_sees_its_own_ascend() {
        let ids = EventIds::default();
        let make = || (0..1000).map(|_| ids.next()).collect::<Vec<_>>();
        let mut all: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(make)).collect();
            threads.into_iter().flat_map(|it| it.join().unwrap()).collect()
        });
        assert!(all.chunks(1000).all(|own| own.is_sorted_by(|a, b| a < b)));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 4000);
    }
}
