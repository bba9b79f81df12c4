package org.hearsight.simulator.draw;

/** The dice fell so that what was asked for finds no place; other dice may find one. */
public final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what found no place, and how often it was tried
   */
  public NoRoomException(String message) {
    super(message);
  }
}
