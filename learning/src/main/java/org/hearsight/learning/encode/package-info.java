/** Frozen encoders run once, and their results kept on disk. */
package org.hearsight.learning.encode;
