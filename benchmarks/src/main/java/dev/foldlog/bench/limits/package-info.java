/** What cannot be beaten: the same rows inserted by C, and a gRPC server that only answers. */
@NullMarked
package dev.foldlog.bench.limits;

import org.jspecify.annotations.NullMarked;
