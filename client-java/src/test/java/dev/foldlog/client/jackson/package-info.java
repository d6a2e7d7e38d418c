/** Tests of payloads through Jackson. */
@NullMarked
package dev.foldlog.client.jackson;

import org.jspecify.annotations.NullMarked;
