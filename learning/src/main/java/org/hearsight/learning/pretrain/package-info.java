/** Encoders trained from data, so that imagination does not start from nothing. */
package org.hearsight.learning.pretrain;
