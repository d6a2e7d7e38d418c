use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::Error;
use crate::fetch::{Batches, Fetching, Source, next_without_extension};

/// A list that is fetched a page at a time, as it is used: a [`Stream`]. It ends with the first failure.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<T>(Batches<T, Vec<T>, Error>);

/// One page.
pub(crate) struct Page<T> {
    pub(crate) elements: Vec<T>,
    /// Empty: it is the last.
    pub(crate) next_token: String,
}

impl<T: Unpin + 'static> Pages<T> {
    pub(crate) fn of<F>(fetch: impl Fn(String) -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<Page<T>, Error>> + Send + 'static,
    {
        Self(Batches::of(Tokens { fetch, token: Some(String::new()) }))
    }

    next_without_extension!(T);

    /// All elements, in memory.
    ///
    /// # Errors
    /// What fetching a page fails with.
    pub async fn into_vec(mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(element) = self.next().await {
            all.push(element?);
        }
        Ok(all)
    }
}

impl<T: Unpin> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(context, |page| page)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// Where a list has come to; `None`: the last page was fetched.
struct Tokens<F> {
    fetch: F,
    token: Option<String>,
}

impl<T, C, F> Source<Result<Option<Vec<T>>, Error>> for Tokens<C>
where
    T: 'static,
    C: Fn(String) -> F + Send + 'static,
    F: Future<Output = Result<Page<T>, Error>> + Send + 'static,
{
    fn next(mut self: Box<Self>) -> Fetching<Result<Option<Vec<T>>, Error>> {
        let page = self.token.take().map(&self.fetch);
        Box::pin(async move {
            let page = match page {
                None => Ok(None),
                Some(page) => page.await.map(Some),
            };
            let elements = page.map(|page| {
                page.map(|page| {
                    self.token = Some(page.next_token).filter(|token| !token.is_empty());
                    page.elements
                })
            });
            (self as Box<dyn Source<_>>, elements)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages_of(fail_at: &'static str) -> Pages<u32> {
        Pages::of(move |token| async move {
            if token == fail_at {
                return Err(Error::ended_by_server());
            }
            let (elements, next) = match token.as_str() {
                "" => (vec![1, 2], "b"),
                "b" => (vec![], "c"),
                "c" => (vec![3], ""),
                other => panic!("token: {other}"),
            };
            Ok(Page { elements, next_token: next.to_owned() })
        })
    }

    #[tokio::test]
    async fn pages_are_one_list_and_empty_ones_are_passed_over() {
        assert_eq!(pages_of("never").into_vec().await.unwrap(), [1, 2, 3]);
    }

    #[tokio::test]
    async fn a_page_that_fails_ends_the_list() {
        let mut pages = pages_of("b");
        assert_eq!(pages.next().await.unwrap().unwrap(), 1);
        assert_eq!(pages.next().await.unwrap().unwrap(), 2);
        assert!(pages.next().await.unwrap().is_err());
        assert!(pages.next().await.is_none());
    }
}
