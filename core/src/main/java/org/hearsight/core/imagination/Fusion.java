package org.hearsight.core.imagination;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the adapter joins what is heard with what is seen.
 *
 * <p>{@link #SEED}: pooled vectors, as the seed's code; with a single key its attention passes the
 * value through. {@link #SPATIAL}: audio tokens attend over the 7 x 7 visual tokens, each carrying
 * its own occlusion and depth.
 */
public enum Fusion {
  @JsonProperty("seed")
  SEED,
  @JsonProperty("spatial")
  SPATIAL
}
