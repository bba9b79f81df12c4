/**
 * Folders of models and encoders: their cards, what the cards vouch for, and where output may go.
 */
package org.hearsight.core.bundle;
