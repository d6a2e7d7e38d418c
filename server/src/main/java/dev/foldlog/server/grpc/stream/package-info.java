/** The streaming calls: reads and subscriptions, their flow control, and messages made of stored bytes. */
@NullMarked
package dev.foldlog.server.grpc.stream;

import org.jspecify.annotations.NullMarked;
