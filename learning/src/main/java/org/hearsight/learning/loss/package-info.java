/** The seed's loss in its own and its better-behaved forms. */
package org.hearsight.learning.loss;
