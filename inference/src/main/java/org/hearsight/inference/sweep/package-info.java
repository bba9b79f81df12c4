/** A model's answers to scenes whose sound or view was damaged on purpose, step by step. */
package org.hearsight.inference.sweep;
