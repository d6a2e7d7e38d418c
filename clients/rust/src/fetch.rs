use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What a stream is fetched from, a batch at a time.
pub(crate) trait Source<T>: Send {
    /// The next batch, and the source as it is then.
    fn next(self: Box<Self>) -> Fetching<T>;
}

/// A fetch under way. Dropped, it is given up, and the server is told.
pub(crate) type Fetching<T> = Pin<Box<dyn Future<Output = (Box<dyn Source<T>>, T)> + Send>>;

/// Fetches one batch after the other. A batch is asked for when the one before was taken, never ahead. Polls that are
/// given up lose nothing.
pub(crate) enum Fetch<T> {
    Idle(Box<dyn Source<T>>),
    Running(Fetching<T>),
    /// Between the two, within a poll.
    Moving,
}

impl<T> Fetch<T> {
    pub(crate) fn of(source: impl Source<T> + 'static) -> Self {
        Self::Idle(Box::new(source))
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<T> {
        let mut fetching = match std::mem::replace(self, Self::Moving) {
            Self::Idle(source) => source.next(),
            Self::Running(fetching) => fetching,
            Self::Moving => unreachable!("a fetch that panicked was polled again"),
        };
        match fetching.as_mut().poll(context) {
            Poll::Ready((source, batch)) => {
                *self = Self::Idle(source);
                Poll::Ready(batch)
            }
            Poll::Pending => {
                *self = Self::Running(fetching);
                Poll::Pending
            }
        }
    }
}

impl<T> fmt::Debug for Fetch<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Idle(_) => "Idle",
            Self::Running(_) => "Running",
            Self::Moving => "Moving",
        })
    }
}

/// Elements that come in batches, and end with the first failure.
#[derive(Debug)]
pub(crate) struct Batches<T, B, E> {
    fetch: Fetch<Result<Option<B>, E>>,
    elements: std::vec::IntoIter<T>,
    has_ended: bool,
}

impl<T, B, E> Batches<T, B, E> {
    pub(crate) fn of(source: impl Source<Result<Option<B>, E>> + 'static) -> Self {
        Self { fetch: Fetch::of(source), elements: Vec::new().into_iter(), has_ended: false }
    }

    /// The next element; `open` makes elements of a batch when it has come.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        mut open: impl FnMut(B) -> Vec<T>,
    ) -> Poll<Option<Result<T, E>>> {
        loop {
            if let Some(element) = self.elements.next() {
                return Poll::Ready(Some(Ok(element)));
            }
            if self.has_ended {
                return Poll::Ready(None);
            }
            match ready!(self.fetch.poll(context)) {
                Ok(Some(batch)) => self.elements = open(batch).into_iter(),
                Ok(None) => self.has_ended = true,
                Err(failure) => {
                    self.has_ended = true;
                    return Poll::Ready(Some(Err(failure)));
                }
            }
        }
    }
}

/// `next`, for those who have no `StreamExt` at hand.
macro_rules! next_without_extension {
    ($item:ty) => {
        /// The next element; `None`: there is no further one. Dropped before it is ready, it loses nothing, so it
        /// can be one branch of a `select!`. The same as `StreamExt::next`.
        pub async fn next(&mut self) -> Option<Result<$item, crate::Error>> {
            std::future::poll_fn(|context| futures_core::Stream::poll_next(std::pin::Pin::new(&mut *self), context))
                .await
        }
    };
}
pub(crate) use next_without_extension;

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    /// Counts down, and is ready at each second poll.
    struct Countdown(u32);

    impl Source<Result<Option<u32>, &'static str>> for Countdown {
        fn next(mut self: Box<Self>) -> Fetching<Result<Option<u32>, &'static str>> {
            Box::pin(async move {
                let mut is_ready = false;
                std::future::poll_fn(|_| {
                    if std::mem::replace(&mut is_ready, true) { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
                let left = self.0;
                self.0 = self.0.saturating_sub(1);
                let batch = match left {
                    9 => Err("nine"),
                    0 => Ok(None),
                    left => Ok(Some(left)),
                };
                (self as Box<dyn Source<_>>, batch)
            })
        }
    }

    fn polls(start: u32) -> Vec<Poll<Option<Result<u32, &'static str>>>> {
        let mut batches = Batches::of(Countdown(start));
        let mut context = Context::from_waker(Waker::noop());
        (0..8).map(|_| batches.poll_next(&mut context, |n| vec![n; n as usize])).collect()
    }

    #[test]
    fn batches_come_one_after_the_other_and_the_end_stays_the_end() {
        let one = Poll::Ready(Some(Ok(1)));
        let two = Poll::Ready(Some(Ok(2)));
        let end = Poll::Ready(None);
        assert_eq!(polls(2), [Poll::Pending, two, two, Poll::Pending, one, Poll::Pending, end, end]);
    }

    #[test]
    fn a_failure_is_the_end() {
        let failure = Poll::Ready(Some(Err("nine")));
        assert_eq!(polls(9)[..4], [Poll::Pending, failure, Poll::Ready(None), Poll::Ready(None)]);
    }
}
