package foldlog

import (
	"context"
	"errors"
)

// resumingRead is the batches of one read. A call that breaks is made again for what is left, under the same
// snapshot, so no event is missing and none comes twice. Confined to one goroutine.
type resumingRead[Q, A any] struct {
	client  *Client
	ctx     context.Context
	kind    *readKind[Q, A]
	request *Q

	backoff  *backoff
	progress readProgress
	failures int
	running  *stream[A]
}

func newRead[Q, A any](ctx context.Context, client *Client, kind *readKind[Q, A], request *Q) *Read {
	return &Read{source: &resumingRead[Q, A]{
		client: client, ctx: ctx, kind: kind, request: request, backoff: newBackoff(client.options.retry),
	}}
}

// next is the next batch; errEnded after the last.
func (r *resumingRead[Q, A]) next() (readBatch, error) {
	for {
		answer, err := r.pulled()
		if err == nil {
			r.failures = 0
			r.backoff.reset()
			return r.received(r.kind.batch(answer)), nil
		}
		var failed Error
		if !errors.As(err, &failed) {
			return readBatch{}, err // the end
		}
		if r.progress.isAtEnd(r.kind.limit(r.request)) {
			return readBatch{}, errEnded // everything had come before the connection broke
		}
		if err := r.afterFailure(failed); err != nil {
			return readBatch{}, err
		}
	}
}

func (r *resumingRead[Q, A]) pulled() (*A, error) {
	if r.running == nil {
		request := r.request
		if r.progress.begun {
			request = r.kind.rest(request, r.progress)
		}
		running, err := openStream(r.ctx, r.client.connections, r.kind.open, request)
		r.running = running
		if err != nil {
			return nil, err
		}
	}
	return r.running.next(r.client.options.silenceMax)
}

func (r *resumingRead[Q, A]) received(batch readBatch) readBatch {
	if r.kind.readAgain {
		batch.events = unseen(batch, r.progress.sequence)
	}
	r.progress = r.progress.after(batch)
	return batch
}

// afterFailure pauses before another try, or is the error that ends the read.
func (r *resumingRead[Q, A]) afterFailure(failed Error) error {
	broken := r.running
	r.close()
	r.failures++
	if !failed.Transient() || r.failures >= r.client.options.retry.TriesMax || r.ctx.Err() != nil {
		return failed
	}
	if !hasPaused(r.ctx, r.backoff.after(failed)) {
		return contextFailure(r.ctx, failed)
	}
	if err := r.client.connections.recover(r.ctx, broken.conn, isSilent(failed)); err != nil {
		if r.ctx.Err() != nil {
			return contextFailure(r.ctx, failed)
		}
		return err
	}
	return nil
}

func (r *resumingRead[Q, A]) close() {
	if r.running != nil {
		r.running.close()
		r.running = nil
	}
}
