/**
 * What can go wrong, as types: one exception for each reason of {@code errors.proto}, all under
 * {@link dev.foldlog.client.error.FoldlogException}.
 */
@NullMarked
package dev.foldlog.client.error;

import org.jspecify.annotations.NullMarked;
