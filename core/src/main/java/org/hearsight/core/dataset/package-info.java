/**
 * Data sets on disk as their readers see them: scenarios, splits, what is whole and what is not.
 */
package org.hearsight.core.dataset;
