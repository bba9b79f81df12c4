/**
 * Sound events with a place: recordings labelled with them and their CSV files, network output made
 * events, and the DCASE scores.
 *
 * <p>Frames last 100 ms everywhere.
 */
package org.hearsight.core.seld;
