/** A data set scored by many machines. */
package org.hearsight.spark.evaluate;
