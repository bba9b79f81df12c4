/** Rows written as Parquet by the machine that made them. */
package org.hearsight.spark.table;
