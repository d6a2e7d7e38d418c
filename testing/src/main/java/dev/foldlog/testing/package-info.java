/**
 * A Foldlog for users' own tests: {@link dev.foldlog.testing.FoldlogExtension} with JUnit,
 * {@link dev.foldlog.testing.FoldlogTestServer} with anything else.
 */
@NullMarked
package dev.foldlog.testing;

import org.jspecify.annotations.NullMarked;
