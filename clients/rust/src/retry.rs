use std::time::Duration;

use crate::Error;
use crate::ids::random;

/// How often a call that failed is made again, and how long it waits in between: at random between nothing and a
/// bound that starts with `first_pause_max` and doubles up to `pause_max` (full jitter), so that clients do not come
/// back all at once. When the server asks for a pause, that comes on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a call is made at most, the first time included; 1: never again.
    pub tries_max: u32,
    /// Bound of the first pause.
    pub first_pause_max: Duration,
    /// Bound of any pause.
    pub pause_max: Duration,
}

impl Default for RetryPolicy {
    /// Five tries; pauses of up to 100 ms, 200 ms, 400 ms and 800 ms; of a subscription, which never gives up, up to
    /// 5 s.
    fn default() -> Self {
        Self { tries_max: 5, first_pause_max: Duration::from_millis(100), pause_max: Duration::from_secs(5) }
    }
}

impl RetryPolicy {
    /// The same with another number of tries, from 1.
    pub fn with_tries_max(mut self, tries: u32) -> Self {
        self.tries_max = tries;
        self
    }

    /// The same with other bounds of the first and of any pause.
    pub fn with_pauses(mut self, first_max: Duration, max: Duration) -> Self {
        self.first_pause_max = first_max;
        self.pause_max = max;
        self
    }

    pub(crate) fn checked(self) -> Result<Self, Error> {
        if self.tries_max < 1 {
            return Err(Error::invalid_call("tries_max: 0 (expected: >= 1)"));
        }
        if self.first_pause_max.is_zero() {
            return Err(Error::invalid_call("first_pause_max: 0 (expected: > 0)"));
        }
        if self.pause_max < self.first_pause_max {
            return Err(Error::invalid_call(format!(
                "pause_max: {:?} (expected: >= {:?})",
                self.pause_max, self.first_pause_max
            )));
        }
        Ok(self)
    }
}

/// Growing pauses with full jitter.
#[derive(Debug)]
pub(crate) struct Backoff {
    policy: RetryPolicy,
    bound: Duration,
}

impl Backoff {
    pub(crate) fn new(policy: RetryPolicy) -> Self {
        Self { policy, bound: policy.first_pause_max }
    }

    /// The pause after a failure: what the server asks for, and a random part.
    pub(crate) fn after(&mut self, failure: &Error) -> Duration {
        failure.retry_delay().unwrap_or_default() + drawn(self.grown(), random())
    }

    /// Starts anew with short pauses.
    pub(crate) fn reset(&mut self) {
        self.bound = self.policy.first_pause_max;
    }

    /// The bound of this pause; that of the next one is twice as large.
    fn grown(&mut self) -> Duration {
        let bound = self.bound;
        self.bound = self.policy.pause_max.min(bound.saturating_mul(2));
        bound
    }
}

/// A part of the bound, from none to all of it.
fn drawn(bound: Duration, random: u64) -> Duration {
    bound.mul_f64(random as f64 / u64::MAX as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_double_up_to_the_largest_and_start_anew() {
        let policy = RetryPolicy::default().with_pauses(Duration::from_millis(100), Duration::from_millis(350));
        let mut backoff = Backoff::new(policy);
        let bounds: Vec<_> = (0..4).map(|_| backoff.grown().as_millis()).collect();
        assert_eq!(bounds, [100, 200, 350, 350]);
        backoff.reset();
        assert_eq!(backoff.grown().as_millis(), 100);
    }

    #[test]
    fn a_pause_is_any_part_of_its_bound() {
        let bound = Duration::from_secs(4);
        assert_eq!(drawn(bound, 0), Duration::ZERO);
        assert_eq!(drawn(bound, u64::MAX), bound);
        let half = drawn(bound, u64::MAX / 2);
        assert!(half > Duration::from_millis(1999) && half < Duration::from_millis(2001));
    }

    #[test]
    fn what_the_server_asks_for_comes_on_top() {
        use tonic_types::StatusExt;
        let mut details = tonic_types::ErrorDetails::new();
        details.set_retry_info(Some(Duration::from_secs(7)));
        let code = tonic::Code::Unavailable;
        let failure = Error::from(tonic::Status::with_error_details(code, "", details));
        let pause = Backoff::new(RetryPolicy::default()).after(&failure);
        assert!(pause >= Duration::from_secs(7) && pause <= Duration::from_millis(7100));
    }

    #[test]
    fn policies_that_make_no_sense_are_refused() {
        let standard = RetryPolicy::default();
        let second = Duration::from_secs(1);
        assert!(standard.checked().is_ok());
        assert!(standard.with_tries_max(0).checked().is_err());
        assert!(standard.with_pauses(Duration::ZERO, second).checked().is_err());
        assert!(standard.with_pauses(2 * second, second).checked().is_err());
    }
}
