/** The encoded form of events: how a request becomes stored bytes, and stored bytes an answer. */
@NullMarked
package dev.foldlog.server.grpc.codec;

import org.jspecify.annotations.NullMarked;
