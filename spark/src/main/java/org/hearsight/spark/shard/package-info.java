/**
 * Work in numbered shards, each made once: what is done outlives the driver, what kills a JVM is
 * found out and left aside. It knows nothing of sound.
 */
package org.hearsight.spark.shard;
