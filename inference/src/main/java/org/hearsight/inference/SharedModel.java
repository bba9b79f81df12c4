package org.hearsight.inference;

import java.util.HashMap;
import java.util.Map;
import org.hearsight.core.bundle.ModelBundle;

/**
 * The models that are open in this process: one set of ONNX sessions a model, however often it is
 * loaded, closed with the last who uses it. ONNX Runtime keeps weights and threads a session, so a
 * second one would cost as much memory again and answer no faster.
 */
final class SharedModel {
  private static final Map<Use, SharedModel> OPEN = new HashMap<>();

  /** A model with other threads is another set of sessions. */
  private record Use(ModelKey model, int threads) {}

  private final Use use;
  private int users; // guarded by OPEN
  private Imaginer imaginer; // guarded by this

  private SharedModel(Use use) {
    this.use = use;
  }

  /** Opens a model, or joins those who have. Who else wants the same one waits while it loads. */
  static SharedModel open(ModelBundle bundle, int threads) {
    SharedModel model;
    synchronized (OPEN) {
      Use use = new Use(ModelKey.of(bundle), threads);
      model = OPEN.computeIfAbsent(use, SharedModel::new);
      model.users++;
    }
    boolean loaded = false;
    try {
      model.load(bundle);
      loaded = true;
      return model;
    } finally {
      if (!loaded) {
        model.close();
      }
    }
  }

  private synchronized void load(ModelBundle bundle) {
    if (imaginer == null) {
      imaginer = Imaginer.load(bundle, use.model(), use.threads());
    }
  }

  ModelKey model() {
    return use.model();
  }

  synchronized Imaginer imaginer() {
    return imaginer;
  }

  /** One user less; the last one closes the sessions. */
  void close() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(use);
    }
    synchronized (this) {
      if (imaginer != null) {
        imaginer.close();
        imaginer = null;
      }
    }
  }

  /** How many sets of sessions there are. */
  static int count() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }
}
