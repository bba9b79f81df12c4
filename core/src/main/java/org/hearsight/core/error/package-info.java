/** Refusals: what is wrong with a user's input, where, and what helps. */
package org.hearsight.core.error;
