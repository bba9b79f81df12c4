package org.hearsight.server.work;

import java.util.List;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Seen;

/**
 * What a request's camera sees.
 *
 * @param id of the pictures and what is said of the camera: the same for the same bytes
 * @param view to be looked at; null where it was
 * @param seen what a look gave; null where there was none yet
 * @param notes on how the view came to be
 */
public record Sight(String id, View view, Seen seen, List<String> notes) {
  public Sight {
    notes = List.copyOf(notes);
  }

  /** One that was not looked at yet. */
  public static Sight of(String id, View view, List<String> notes) {
    return new Sight(id, view, null, notes);
  }

  Sight as(Seen found) {
    return new Sight(id, null, found, notes);
  }
}
