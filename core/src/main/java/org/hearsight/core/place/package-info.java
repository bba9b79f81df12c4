/**
 * Where a hazard may be: a grid of places around the microphone, what is heard and seen of each of
 * them, and a probability for each as the answer.
 */
package org.hearsight.core.place;
