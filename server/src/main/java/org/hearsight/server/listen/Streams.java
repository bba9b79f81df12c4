package org.hearsight.server.listen;

import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Seen;
import org.hearsight.server.guard.Admission;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Connectors;
import org.hearsight.server.scene.Fields;
import org.hearsight.server.scene.SceneReader;
import org.hearsight.server.work.SceneAnswers;

/**
 * What streams are answered with, however they come.
 *
 * @param hearsight hears them
 * @param reader of views
 * @param answers looks at views
 * @param admission of streams
 * @param limits of them
 */
public record Streams(
    Hearsight hearsight,
    SceneReader reader,
    SceneAnswers answers,
    Admission admission,
    Limits limits) {
  Hops hops(StreamOptions options) {
    return new Hops(hearsight, options.map(), limits.streamSeconds());
  }

  /** What the camera sees, decoded and looked at unless it is known. */
  Seen look(Fields view) {
    return answers.look(reader.sight(view));
  }

  /** How long nothing may come from a client, or be taken by it, seconds. */
  int idleSeconds() {
    return Connectors.idleSeconds(limits);
  }
}
