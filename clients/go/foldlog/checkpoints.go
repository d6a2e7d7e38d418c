package foldlog

import (
	"context"
	"errors"
	"iter"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// GetCheckpoint returns a named checkpoint: where a worker that follows the log has come to. Without one,
// found is false and the checkpoint nil, whose GetPosition is 0: nowhere yet.
func (c *Client) GetCheckpoint(ctx context.Context, name string) (checkpoint *foldlogv1.Checkpoint, found bool, err error) {
	got, err := answer(ctx, c, checkpoints(foldlogv1.CheckpointsClient.GetCheckpoint),
		&foldlogv1.GetCheckpointRequest{Name: name}, readOnly)
	if isNotFound(err) {
		return nil, false, nil
	}
	return got.GetCheckpoint(), err == nil, err
}

// MoveCheckpoint moves a checkpoint from where it must be now (0: nowhere yet) to a position, through which
// everything is processed. So of two workers under one name only one gets through. When it has
// answered, the move is as durable as an append. To move one together with the events that a worker
// derives, put it into AppendRequest.checkpoints.
//
// It fails with [*CheckpointMovedError] when the checkpoint is elsewhere, [*CheckpointWentBackError] when
// to is before where it is, [*PositionAheadError] when it is past the head. A move whose answer is lost
// is not made again by itself, since a second try could not tell its own first from another worker's:
// it fails with [*OutcomeUnknownError], and [Client.GetCheckpoint] tells where the checkpoint is.
func (c *Client) MoveCheckpoint(ctx context.Context, name string, from, to int64) (*foldlogv1.Checkpoint, error) {
	return c.CommitCheckpoint(ctx, &foldlogv1.CommitCheckpointRequest{Name: name, ExpectedPosition: &from, Position: to})
}

// CheckpointMove returns a move for AppendRequest.checkpoints, with the meaning of [Client.MoveCheckpoint].
func CheckpointMove(name string, from, to int64) *foldlogv1.CheckpointUpdate {
	return &foldlogv1.CheckpointUpdate{Name: name, ExpectedPosition: &from, Position: to}
}

// CommitCheckpoint is [Client.MoveCheckpoint] with every choice of the API: unconditional moves, and moves
// back.
func (c *Client) CommitCheckpoint(ctx context.Context, request *foldlogv1.CommitCheckpointRequest) (*foldlogv1.Checkpoint, error) {
	moved, err := answer(ctx, c, checkpoints(foldlogv1.CheckpointsClient.CommitCheckpoint), request, writeOnce)
	return moved.GetCheckpoint(), err
}

// DeleteCheckpoint removes a checkpoint, and tells whether there was one. Like a move it is not made again
// when its answer is lost.
func (c *Client) DeleteCheckpoint(ctx context.Context, name string) (deleted bool, err error) {
	_, err = answer(ctx, c, checkpoints(foldlogv1.CheckpointsClient.DeleteCheckpoint),
		&foldlogv1.DeleteCheckpointRequest{Name: name}, writeOnce)
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// ListCheckpoints returns all checkpoints in name order (bytewise), fetched a page at a time as they are used. An
// error is the last pair of the loop.
func (c *Client) ListCheckpoints(ctx context.Context) iter.Seq2[*foldlogv1.Checkpoint, error] {
	return pages(func(token string) ([]*foldlogv1.Checkpoint, string, error) {
		page, err := answer(ctx, c, checkpoints(foldlogv1.CheckpointsClient.ListCheckpoints),
			&foldlogv1.ListCheckpointsRequest{PageSize: pageSize, PageToken: token}, readOnly)
		return page.GetCheckpoints(), page.GetNextPageToken(), err
	})
}

func isNotFound(err error) bool {
	var missing *ResourceNotFoundError
	return errors.As(err, &missing)
}
