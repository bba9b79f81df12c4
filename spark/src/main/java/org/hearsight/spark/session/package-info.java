/** Spark as the jobs want it, and what they ship to its executors. */
package org.hearsight.spark.session;
