/**
 * What networks are written in: trees of named parameters with PyTorch's names, order and first
 * values, and the operators on what flows through them.
 */
package org.hearsight.learning.layer;
