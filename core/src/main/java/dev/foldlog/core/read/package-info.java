/** Reading: filters, directions, and cursors that hand out pages. */
@NullMarked
package dev.foldlog.core.read;

import org.jspecify.annotations.NullMarked;
