/** From clips and views to the numbers a model takes, and from its numbers to an answer. */
package org.hearsight.inference.scene;
