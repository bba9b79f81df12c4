package org.hearsight.core.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes pickles opcode by opcode, and archives around them: the files nobody's tool would make.
 */
final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle() {
    op(0x80).op(2);
  }

  Pickle op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** Opcodes as text: {@code "}("}. */
  Pickle ops(String letters) {
    out.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Pickle text(String s) {
    byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
    op('X').little(4, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  Pickle number(long n) {
    return op(0x8a, 8).little(8, n);
  }

  Pickle global(String module, String name) {
    return ops("c" + module + "\n" + name + "\n");
  }

  Pickle little(int width, long value) {
    for (int i = 0; i < width; i++) {
      op((int) (value >>> (8 * i)) & 0xff);
    }
    return this;
  }

  Pickle tuple(long... numbers) {
    ops("(");
    for (long n : numbers) {
      number(n);
    }
    return ops("t");
  }

  /** A tensor as PyTorch describes it. */
  Pickle tensor(String type, String key, long elements, long offset, long[] shape, long[] strides) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .ops("((")
        .text("storage")
        .global("torch", type + "Storage")
        .text(key)
        .text("cuda:0")
        .number(elements)
        .ops("tQ")
        .number(offset)
        .tuple(shape)
        .tuple(strides)
        .op(0x89)
        .global("collections", "OrderedDict")
        .ops(")RtR");
  }

  byte[] stop() {
    return op('.').out.toByteArray();
  }

  /** {@code {"w": <what follows>}} up to the entry's value; {@link #stop} after {@code "s"}. */
  static Pickle entry(String name) {
    return new Pickle().ops("}").text(name);
  }

  /** A state_dict of one float tensor over storage "0". */
  static byte[] oneTensor(long elements, long offset, long[] shape, long[] strides) {
    return entry("w").tensor("Float", "0", elements, offset, shape, strides).ops("s").stop();
  }

  static byte[] floats(float... values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return b.array();
  }

  /** Records under {@code archive/}, as PyTorch lays them out. */
  static Map<String, byte[]> records(byte[] pickle, byte[]... storages) {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("archive/data.pkl", pickle);
    for (int i = 0; i < storages.length; i++) {
      records.put("archive/data/" + i, storages[i]);
    }
    records.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    return records;
  }

  static Path zip(Path file, Map<String, byte[]> records, int method) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> e : records.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey());
        entry.setTime(0);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(e.getValue());
          entry.setSize(e.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(e.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  static Path zip(Path file, byte[] pickle, byte[]... storages) throws IOException {
    return zip(file, records(pickle, storages), ZipEntry.STORED);
  }
}
