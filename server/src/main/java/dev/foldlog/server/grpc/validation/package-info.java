/** Requests judged before anything else sees them: one validator for each request, all violations at once. */
@NullMarked
package dev.foldlog.server.grpc.validation;

import org.jspecify.annotations.NullMarked;
