package org.hearsight.core.audio;

/** A file that is not WAV, or WAV in an encoding that {@link WavReader} leaves to others. */
final class ForeignSound extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem as a refusal says it
   */
  ForeignSound(String problem) {
    super(problem);
  }
}
