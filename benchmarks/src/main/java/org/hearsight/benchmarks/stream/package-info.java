/**
 * What can only be measured of a stream: how soon a hazard is reported, and what an hour leaves.
 */
package org.hearsight.benchmarks.stream;
