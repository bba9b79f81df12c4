/** Hearsight's app module. */
package org.hearsight.app;
