/** The commands of {@code ./hearsight spark} and {@code spark-submit}. */
package org.hearsight.spark.command;
