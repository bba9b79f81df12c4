package org.hearsight.core.audio;

/**
 * Sound in memory: channels of equal length, nominally in [−1, 1).
 *
 * @param sampleRate in Hz
 * @param channels [channels][samples]; not copied
 */
public record Audio(int sampleRate, float[][] channels) {
  public Audio {
    if (sampleRate <= 0 || channels.length == 0) {
      throw new IllegalArgumentException(
          "audio: " + sampleRate + " Hz, " + channels.length + " channels");
    }
    for (float[] channel : channels) {
      if (channel.length != channels[0].length) {
        throw new IllegalArgumentException("audio: channels differ in length");
      }
    }
  }

  /** Samples in each channel. */
  public int samples() {
    return channels[0].length;
  }

  public double seconds() {
    return (double) samples() / sampleRate;
  }
}
