package org.hearsight.core.audio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Float tensors of a trusted safetensors file, for tests only. */
record GoldenTensors(JsonNode header, ByteBuffer data) {
  static GoldenTensors read(Path file) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[(int) all.getLong()];
      all.get(json);
      return new GoldenTensors(new ObjectMapper().readTree(json), all.slice());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  float[] floats(String name) {
    JsonNode span = header.get(name).get("data_offsets");
    int from = span.get(0).asInt();
    float[] out = new float[(span.get(1).asInt() - from) / 4];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(from).asFloatBuffer().get(out);
    return out;
  }
}
