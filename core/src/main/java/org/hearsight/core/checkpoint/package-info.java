/**
 * Reads the weights other projects publish and keeps our own: safetensors, and PyTorch's {@code
 * state_dict} files without native code and without running anything they ask for.
 */
package org.hearsight.core.checkpoint;
