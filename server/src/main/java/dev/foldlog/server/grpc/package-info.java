/** The gRPC endpoint: transport, interceptors, health and reflection around the services. */
@NullMarked
package dev.foldlog.server.grpc;

import org.jspecify.annotations.NullMarked;
