/** Hearsight's learning module. */
package org.hearsight.learning;
