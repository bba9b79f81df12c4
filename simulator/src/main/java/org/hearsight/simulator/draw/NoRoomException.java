package org.hearsight.simulator.draw;

/** What was drawn leaves no place for what was asked for; another seed may. */
public final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what found no place, and how often it was tried
   */
  public NoRoomException(String message) {
    super(message);
  }
}
