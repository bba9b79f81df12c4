package org.hearsight.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form, written part by part. */
final class Parts {
  private static final String BOUNDARY = "hearsight-9f2c";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Parts file(String name, byte[] content) {
    head(name, "; filename=\"" + name + "\"");
    out.writeBytes(content);
    write("\r\n");
    return this;
  }

  Parts text(String name, String value) {
    head(name, "");
    write(value + "\r\n");
    return this;
  }

  private void head(String name, String more) {
    write("--" + BOUNDARY + "\r\n");
    write("Content-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n");
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }

  byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return all.toByteArray();
  }
}
