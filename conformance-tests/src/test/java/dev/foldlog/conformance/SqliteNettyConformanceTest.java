package dev.foldlog.conformance;

import org.junit.jupiter.api.Nested;

/** Our server over SQLite and a real connection: the suites in which the transport has a say. */
final class SqliteNettyConformanceTest {
    @Nested
    final class Appending extends AppendSuite {
        Appending() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Delivery extends DeliverySuite {
        Delivery() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Subscriptions extends SubscriptionsSuite {
        Subscriptions() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Order extends OrderSuite {
        Order() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Limits extends LimitsSuite {
        Limits() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Restart extends RestartSuite {
        Restart() {
            super(SqliteFixture::onLoopback);
        }
    }

    @Nested
    final class Errors extends ErrorsSuite {
        Errors() {
            super(SqliteFixture::onLoopback);
        }
    }
}
