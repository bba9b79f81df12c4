/** How right answers are: classes, places, calibration, and the classical baselines beside them. */
package org.hearsight.core.metrics;
