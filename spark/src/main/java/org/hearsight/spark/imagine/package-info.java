/** Answers to tables of clips and pictures. */
package org.hearsight.spark.imagine;
