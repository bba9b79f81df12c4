/** The answer: a class, a place, a confidence; and the forms in which a network gives a place. */
package org.hearsight.core.imagination;
