/** Scenes encoded by many machines for a training on one. */
package org.hearsight.spark.encode;
