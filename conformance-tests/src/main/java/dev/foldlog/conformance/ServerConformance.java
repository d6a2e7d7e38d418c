package dev.foldlog.conformance;

import org.junit.jupiter.api.Nested;

/** All suites over one backend: extend it, and say how a fixture is opened. */
public abstract class ServerConformance {
    /** A running server over a store in which a test sees nothing yet. */
    protected abstract ConformanceFixture open() throws Exception;

    @Nested
    final class Appending extends AppendSuite {
        Appending() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Preconditions extends PreconditionsSuite {
        Preconditions() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Boundaries extends BoundariesSuite {
        Boundaries() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Ids extends IdsSuite {
        Ids() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Retries extends RetriesSuite {
        Retries() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Reads extends ReadsSuite {
        Reads() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Snapshots extends SnapshotsSuite {
        Snapshots() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Since extends SinceSuite {
        Since() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Payloads extends PayloadsSuite {
        Payloads() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Delivery extends DeliverySuite {
        Delivery() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Expressions extends ExpressionsSuite {
        Expressions() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Filters extends FiltersSuite {
        Filters() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Subscriptions extends SubscriptionsSuite {
        Subscriptions() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class SubscriptionStarts extends SubscriptionStartsSuite {
        SubscriptionStarts() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Checkpoints extends CheckpointsSuite {
        Checkpoints() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class AppendCheckpoints extends AppendCheckpointsSuite {
        AppendCheckpoints() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Order extends OrderSuite {
        Order() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Limits extends LimitsSuite {
        Limits() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class BadAppends extends BadAppendsSuite {
        BadAppends() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class BadCalls extends BadCallsSuite {
        BadCalls() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Partitions extends PartitionsSuite {
        Partitions() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class StoreInfo extends StoreInfoSuite {
        StoreInfo() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Restart extends RestartSuite {
        Restart() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class TwoClients extends TwoClientsSuite {
        TwoClients() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Compatibility extends CompatibilitySuite {
        Compatibility() {
            super(ServerConformance.this::open);
        }
    }

    @Nested
    final class Errors extends ErrorsSuite {
        Errors() {
            super(ServerConformance.this::open);
        }
    }
}
