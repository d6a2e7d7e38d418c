@NullMarked
package dev.foldlog.store.memory;

import org.jspecify.annotations.NullMarked;
