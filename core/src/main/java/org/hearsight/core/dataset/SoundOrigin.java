package org.hearsight.core.dataset;

/** What a sound was made by; results are reported by these. */
public enum SoundOrigin {
  /** A formula. */
  PROCEDURAL("procedural"),
  /** A microphone. */
  RECORDED("recorded");

  private final String label;

  SoundOrigin(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  static SoundOrigin of(Scenario.Source source) {
    return source.isGenerated() ? PROCEDURAL : RECORDED;
  }
}
