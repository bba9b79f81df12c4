/** The rows of {@code hearsight benchmark} that need no engine of their own, and its page. */
package org.hearsight.app.benchmark;
