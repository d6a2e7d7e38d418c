/** The unary calls: appends, look-ups, checkpoints. */
@NullMarked
package dev.foldlog.server.grpc.service;

import org.jspecify.annotations.NullMarked;
