/** What each part of a model brings: the same training again and again, each time without one. */
package org.hearsight.learning.ablate;
