package org.hearsight.server.work;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was looked at lately, by its id: the same view sent again, or named by its id, is encoded
 * once. The least recently used gives way.
 */
public final class Sights {
  /** About half a megabyte each. */
  private static final int MOST = 128;

  private final Map<String, Sight> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sight> eldest) {
          return size() > MOST;
        }
      };

  /** Null if it is not known, or not any more. */
  public synchronized Sight get(String id) {
    return known.get(id);
  }

  synchronized void put(Sight sight) {
    known.put(sight.id(), sight);
  }
}
