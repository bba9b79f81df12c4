/** Hearsight's inference module. */
package org.hearsight.inference;
