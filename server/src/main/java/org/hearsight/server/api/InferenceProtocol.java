package org.hearsight.server.api;

/** The Open Inference Protocol. */
public final class InferenceProtocol {
  /** What the model is called. */
  public static final String MODEL = "hearsight";

  private InferenceProtocol() {}
}
