package foldlog

import (
	"fmt"
	"slices"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

// Option changes how a client behaves.
type Option interface{ apply(*options) }

type optionFunc func(*options)

func (f optionFunc) apply(o *options) { f(o) }

type options struct {
	deadline            time.Duration
	tryDeadline         time.Duration
	silenceMax          time.Duration
	retry               RetryPolicy
	rerunsMax           int
	heartbeatsMissedMax int
	credentials         credentials.TransportCredentials
	dialOptions         []grpc.DialOption
}

// WithDeadline sets how long a call with one answer may take with all its tries; 30 s unless set.
// Reads and subscriptions have no such deadline. A context's own deadline counts too.
func WithDeadline(deadline time.Duration) Option {
	return optionFunc(func(o *options) { o.deadline = deadline })
}

// WithTryDeadline sets how long one try of a call may take, after which its outcome counts as
// unknown and another connection is used; 10 s unless set.
func WithTryDeadline(deadline time.Duration) Option {
	return optionFunc(func(o *options) { o.tryDeadline = deadline })
}

// WithSilenceMax sets how long a read waits for its next batch, and a subscription for its
// confirmation, before the connection counts as broken; 30 s unless set.
func WithSilenceMax(silence time.Duration) Option {
	return optionFunc(func(o *options) { o.silenceMax = silence })
}

// WithRetry sets tries and pauses of calls and reads; [DefaultRetryPolicy] unless set. Subscriptions use
// the pauses and never give up.
func WithRetry(policy RetryPolicy) Option {
	return optionFunc(func(o *options) { o.retry = policy })
}

// WithRerunsMax sets how often the function of [Client.WithTransaction] runs again after conflicts; 5
// unless set.
func WithRerunsMax(reruns int) Option {
	return optionFunc(func(o *options) { o.rerunsMax = reruns })
}

// WithHeartbeatsMissedMax sets after how many heartbeat intervals of silence a subscription takes another
// connection; 3 unless set.
func WithHeartbeatsMissedMax(intervals int) Option {
	return optionFunc(func(o *options) { o.heartbeatsMissedMax = intervals })
}

// WithTransportCredentials sets the credentials of the connection, for example
// credentials.NewTLS(nil). Unless set the connection is not encrypted.
func WithTransportCredentials(transport credentials.TransportCredentials) Option {
	return optionFunc(func(o *options) { o.credentials = transport })
}

// WithDialOptions adds options of gRPC's for the connections that [NewClient] makes, such as
// interceptors. gRPC's own retries stay off: they would not know what is safe to repeat.
func WithDialOptions(dial ...grpc.DialOption) Option {
	return optionFunc(func(o *options) { o.dialOptions = append(o.dialOptions, dial...) })
}

func newOptions(changes []Option) (*options, error) {
	o := &options{
		deadline:            30 * time.Second,
		tryDeadline:         10 * time.Second,
		silenceMax:          30 * time.Second,
		retry:               DefaultRetryPolicy(),
		rerunsMax:           5,
		heartbeatsMissedMax: 3,
		credentials:         insecure.NewCredentials(),
	}
	for _, change := range changes {
		change.apply(o)
	}
	return o, o.validate()
}

func (o *options) validate() error {
	durations := []struct {
		name  string
		value time.Duration
	}{{"deadline", o.deadline}, {"try deadline", o.tryDeadline}, {"silence", o.silenceMax}}
	for _, it := range durations {
		if it.value <= 0 {
			return fmt.Errorf("foldlog: %s: %s (expected: > 0)", it.name, it.value)
		}
	}
	if o.rerunsMax < 0 {
		return fmt.Errorf("foldlog: reruns: %d (expected: >= 0)", o.rerunsMax)
	}
	if o.heartbeatsMissedMax < 1 {
		return fmt.Errorf("foldlog: heartbeats missed: %d (expected: >= 1)", o.heartbeatsMissedMax)
	}
	return o.retry.validate()
}

// dial are the options of each connection.
func (o *options) dial() []grpc.DialOption {
	return slices.Concat([]grpc.DialOption{
		grpc.WithTransportCredentials(o.credentials),
		grpc.WithUserAgent("foldlog-go"),
		grpc.WithKeepaliveParams(keepaliveParameters),
		// A fixed window bounds what a slow reader makes wait here; without one it grows to 16 MiB a stream.
		grpc.WithInitialWindowSize(streamWindowBytes),
		grpc.WithInitialConnWindowSize(connectionWindowBytes),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(answerBytesMax)),
	}, o.dialOptions, []grpc.DialOption{grpc.WithDisableRetry()})
}
