package org.hearsight.server.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.inference.Heard;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Seen;

/** Answers for scenes, heard and seen together; a view is encoded once. */
public final class SceneAnswers {
  private final Hearsight hearsight;
  private final Sights sights;

  /**
   * @param sights keeps what is looked at here
   */
  public SceneAnswers(Hearsight hearsight, Sights sights) {
    this.hearsight = hearsight;
    this.sights = sights;
  }

  /** An answer each, in their order. */
  public List<Imagination> of(List<Scene> scenes) {
    List<Heard> heard = hearsight.hear(scenes.stream().map(Scene::clip).toList());
    Map<String, Seen> seen = see(scenes.stream().map(Scene::sight).toList());
    return hearsight.answer(heard, scenes.stream().map(s -> seen.get(s.sight().id())).toList());
  }

  /** Looks at one view, unless it is known. */
  public Seen look(Sight sight) {
    return see(List.of(sight)).get(sight.id());
  }

  private Map<String, Seen> see(List<Sight> wanted) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    Map<String, Sight> unseen = new LinkedHashMap<>();
    for (Sight sight : wanted) {
      if (sight.seen() == null) {
        unseen.put(sight.id(), sight);
      } else {
        seen.put(sight.id(), sight.seen());
      }
    }
    unseen.keySet().removeAll(seen.keySet());
    List<Sight> looked = new ArrayList<>(unseen.values());
    if (!looked.isEmpty()) {
      List<Seen> found = hearsight.see(looked.stream().map(Sight::view).toList());
      for (int i = 0; i < found.size(); i++) {
        Sight sight = looked.get(i).as(found.get(i));
        seen.put(sight.id(), sight.seen());
        sights.put(sight);
      }
    }
    return seen;
  }
}
