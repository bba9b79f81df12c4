/** The embarrassingly parallel work on Apache Spark: jobs for a cluster, functions for tables. */
package org.hearsight.spark;
