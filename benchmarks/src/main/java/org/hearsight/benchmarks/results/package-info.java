/** The page of results, made of the files that commands wrote. */
package org.hearsight.benchmarks.results;
