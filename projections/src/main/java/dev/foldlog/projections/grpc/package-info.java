/** The service ProjectionEngine, and the messages of which its records are made. */
@NullMarked
package dev.foldlog.projections.grpc;

import org.jspecify.annotations.NullMarked;
