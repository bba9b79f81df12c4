/**
 * Work timed here and at a peer in turn: rows, what is asked of them, the peer's process and the
 * table.
 */
package org.hearsight.benchmarks.measure;
