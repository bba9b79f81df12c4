package org.hearsight.learning.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import org.hearsight.core.file.AtomicFile;

/** A finished ONNX model in memory; the same weights and metadata give the same bytes. */
public final class OnnxGraph {
  private final ModelProto model;

  OnnxGraph(ModelProto model) {
    this.model = model;
  }

  /** The serialized model. */
  public byte[] bytes() {
    return model.toByteArray();
  }

  /**
   * Writes the model in one step.
   *
   * @throws org.hearsight.core.error.InputException if the file cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, model::writeTo);
  }
}
