use std::sync::Arc;

use crate::Error;
use crate::client::{Core, PAGE};
use crate::pages::{Page, Pages};
use crate::unary::Repeat;
use crate::v1::{
    Checkpoint, CommitCheckpointRequest, DeleteCheckpointRequest, GetCheckpointRequest, ListCheckpointsRequest,
};

/// Named checkpoints: where workers that follow the log have come to. To move one together with the events that a
/// worker derives, put it into the append.
///
/// A move or a removal whose answer is lost is not made again by itself: a second try could not tell its own first
/// from another worker's. It fails with [`Error::OutcomeUnknown`]; [`Checkpoints::get`] tells where the checkpoint is.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    core: Arc<Core>,
}

impl Checkpoints {
    pub(crate) fn of(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Where a checkpoint is; `None`: nowhere yet.
    ///
    /// # Errors
    /// [`Error::InvalidField`] when it is no name, and others.
    pub async fn get(&self, name: impl Into<String> + Send) -> Result<Option<Checkpoint>, Error> {
        let request = GetCheckpointRequest { name: name.into() };
        let answer = self
            .core
            .unary(Repeat::Read, &request, async |way, request| way.checkpoints().get_checkpoint(request).await);
        match answer.await {
            Ok(answer) => Ok(answer.checkpoint),
            Err(Error::ResourceNotFound { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Moves a checkpoint from where it must be now (0: nowhere yet) to `to`, through which everything is processed.
    /// Of two workers under one name only one gets through. As durable as an append when it has answered.
    ///
    /// # Errors
    /// - [`Error::CheckpointMoved`] when it is elsewhere
    /// - [`Error::CheckpointWentBack`] when `to` is before where it is
    /// - [`Error::PositionAhead`] when `to` is past the head
    /// - [`Error::OutcomeUnknown`] when no answer came
    pub async fn advance(&self, name: impl Into<String> + Send, from: i64, to: i64) -> Result<Checkpoint, Error> {
        self.commit(CommitCheckpointRequest {
            name: name.into(),
            position: to,
            expected_position: Some(from),
            force: false,
        })
        .await
    }

    /// As [`Checkpoints::advance`], with every choice of the API: unconditional moves, and moves back.
    ///
    /// # Errors
    /// As of [`Checkpoints::advance`].
    pub async fn commit(&self, request: CommitCheckpointRequest) -> Result<Checkpoint, Error> {
        let answer = self.core.unary(Repeat::WriteOnce, &request, async |way, request| {
            way.checkpoints().commit_checkpoint(request).await
        });
        Ok(answer.await?.checkpoint.unwrap_or_default())
    }

    /// Removes a checkpoint; `false`: there was none.
    ///
    /// # Errors
    /// [`Error::OutcomeUnknown`] when no answer came, and others.
    pub async fn delete(&self, name: impl Into<String> + Send) -> Result<bool, Error> {
        let request = DeleteCheckpointRequest { name: name.into() };
        let answer = self.core.unary(Repeat::WriteOnce, &request, async |way, request| {
            way.checkpoints().delete_checkpoint(request).await
        });
        match answer.await {
            Ok(_) => Ok(true),
            Err(Error::ResourceNotFound { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// All checkpoints in name order (bytewise), fetched a page at a time.
    pub fn list(&self) -> Pages<Checkpoint> {
        let core = self.core.clone();
        Pages::of(move |page_token| {
            let core = core.clone();
            let request = ListCheckpointsRequest { page_size: PAGE, page_token };
            async move {
                let answer = core.unary(Repeat::Read, &request, async |way, request| {
                    way.checkpoints().list_checkpoints(request).await
                });
                let page = answer.await?;
                Ok(Page { elements: page.checkpoints, next_token: page.next_page_token })
            }
        })
    }
}
