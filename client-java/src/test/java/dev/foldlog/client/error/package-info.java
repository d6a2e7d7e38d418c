/** Tests of the exceptions. */
@NullMarked
package dev.foldlog.client.error;

import org.jspecify.annotations.NullMarked;
