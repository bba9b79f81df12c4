/** Where weights come from: files of other projects, downloads, encoders that ship. */
package org.hearsight.learning.weights;
