/** Trees of named parameters with PyTorch's names, order and first values. */
package org.hearsight.learning.layer;
