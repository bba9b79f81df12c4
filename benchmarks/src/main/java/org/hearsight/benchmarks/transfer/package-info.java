/** What a pretrained encoder saves: scores of many trainings, by number of training scenes. */
package org.hearsight.benchmarks.transfer;
