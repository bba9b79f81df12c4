/** Scenarios made in shards, and data sets put together out of them. */
package org.hearsight.spark.simulate;
