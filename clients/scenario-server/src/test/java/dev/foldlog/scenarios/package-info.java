@NullMarked
package dev.foldlog.scenarios;

import org.jspecify.annotations.NullMarked;
