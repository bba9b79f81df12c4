package org.hearsight.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bodies as clients should not send them: right ones, damaged in ways that follow from a seed. */
final class Fuzz {
  private static final List<String> OPTIONS =
      List.of("hfov", "depth_hfov", "depth_scale", "occlusion_level", "foa_format", "view", "x");
  private static final List<String> VALUES =
      List.of("90", "-1", "NaN", "1e999", "", "a-format:x", "ambix", "\u0000", "½", "0x10", "1e-9");

  private final SplittableRandom random;
  private final byte[] wav = Samples.wav(Samples.foa(1, 1));
  private final byte[] rgb = Samples.rgb(1);
  private final byte[] depth = Samples.depth(1);

  Fuzz(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A body, where it goes and what it is said to be. */
  record Body(String path, String type, byte[] bytes) {}

  Body next() {
    return switch (random.nextInt(6)) {
      case 0 -> new Body("/v1/imagine?map=false", "audio/wav", damaged(wav));
      case 1 -> {
        Parts form = form();
        yield new Body("/v1/imagine?map=false", form.contentType(), damaged(form.bytes()));
      }
      case 2, 3 -> {
        Parts form = form();
        yield new Body("/v1/imagine?map=false", form.contentType(), form.bytes());
      }
      case 4 -> {
        Parts form =
            new Parts()
                .text("scenes", text("[{\"audio\": \"a\", \"rgb\": \"p\", \"hfov\": 90}]"))
                .file("a", maybe(wav))
                .file("p", maybe(rgb));
        yield new Body("/v1/imagine/batch", form.contentType(), form.bytes());
      }
      default ->
          new Body(
              "/v2/models/hearsight/infer",
              "application/json",
              damaged(
                  ("{\"id\":\"1\",\"inputs\":[{\"name\":\"sight\",\"shape\":[1,1],\"datatype\":"
                          + "\"FP32\",\"data\":[1]},{\"name\":\"occlusion\",\"shape\":[1,1],"
                          + "\"datatype\":\"FP32\",\"data\":[[0.5]]}]}")
                      .getBytes(StandardCharsets.UTF_8)));
    };
  }

  private Parts form() {
    Parts form = new Parts().file("audio", maybe(wav));
    if (random.nextBoolean()) {
      form.file("rgb", maybe(rgb));
    }
    if (random.nextBoolean()) {
      form.file("depth", maybe(depth));
    }
    if (random.nextInt(3) == 0) {
      form.text(
          OPTIONS.get(random.nextInt(OPTIONS.size())), VALUES.get(random.nextInt(VALUES.size())));
    }
    return form;
  }

  private byte[] maybe(byte[] file) {
    return random.nextInt(4) == 0 ? file : damaged(file);
  }

  private String text(String right) {
    return new String(maybe(right.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
  }

  /** Cut, or with a few bytes of its head or of anywhere changed, doubled or moved. */
  private byte[] damaged(byte[] right) {
    byte[] bytes = right.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> change(bytes, Math.min(bytes.length, 64));
      case 2 -> change(bytes, bytes.length);
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int n = Math.min(bytes.length - from, random.nextInt(64));
        System.arraycopy(right, random.nextInt(bytes.length - n + 1), bytes, from, n);
      }
      default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(4096));
    }
    return bytes;
  }

  private void change(byte[] bytes, int within) {
    for (int i = random.nextInt(1, 8); i > 0 && within > 0; i--) {
      bytes[random.nextInt(within)] = (byte) random.nextInt(256);
    }
  }
}
