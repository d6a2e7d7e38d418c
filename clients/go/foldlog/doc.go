// Package foldlog is a client of Foldlog, an append-only event log for feedback on what language
// models make.
//
// A [Client] appends events, reads them back, follows the log and keeps named checkpoints. It shows
// the API's own messages (package foldlog.dev/gen/foldlog/v1) and adds what is tedious to write:
// deadlines, retries under the same ids, reads and subscriptions that go on where a connection
// broke, optimistic transactions, and one error type for each reason that the server gives.
//
//	client, err := foldlog.NewClient("127.0.0.1:7070")
//
// # Contexts and deadlines
//
// Every method that talks to the server takes a context. A call with one answer ends with its
// context, and in any case after [WithDeadline] (30 s unless set), all tries included. A read or a
// subscription ends with its context, and has no deadline besides; a silent server is noticed
// ([WithSilenceMax], [WithHeartbeatsMissedMax]).
//
// # Retries
//
// What may pass (no connection, an overloaded or a starting server) is tried again with growing
// pauses and full jitter, where that is safe: calls that only read, and appends, because their
// events always have ids: a second time is recognized by the server and stores nothing more. Moves
// and removals of checkpoints by themselves are tried again only if it is certain that they had no effect.
//
// # Errors
//
// Each failure of a call is an [Error], and of the type for its reason, with the details that the
// server sent; use errors.As:
//
//	var conflict *foldlog.ConcurrencyConflictError
//	if errors.As(err, &conflict) {
//		log.Print(conflict.Violations)
//	}
//
// A call that was given up matches context.Canceled or context.DeadlineExceeded under errors.Is.
// A mistake that the client finds by itself, such as a nil event, is a plain error.
//
// # Numbers
//
// Positions and sequences are int64 and exact. Payloads are JSON text, which [JSONPayload] makes and
// [DecodePayload] reads; integers in interfaces arrive as [json.Number], so none loses a digit.
package foldlog
