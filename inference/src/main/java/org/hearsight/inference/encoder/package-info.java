/** The frozen encoders: what is heard and what is seen, as tokens. */
package org.hearsight.inference.encoder;
