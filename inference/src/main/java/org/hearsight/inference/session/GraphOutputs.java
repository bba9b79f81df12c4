package org.hearsight.inference.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Narrows an ONNX graph to some of its outputs. ONNX Runtime runs all of a graph, whichever outputs
 * a call asks for, but leaves out what no output needs when it loads one.
 *
 * <p>Fields of the protocol buffer are copied as they are, but for the outputs' declarations in
 * {@code ModelProto.graph.output}; it takes no library for that.
 */
public final class GraphOutputs {
  private static final int GRAPH = 7; // of ModelProto
  private static final int OUTPUT = 12; // of GraphProto
  private static final int NAME = 1; // of ValueInfoProto

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private GraphOutputs() {}

  /**
   * The same model without the other outputs.
   *
   * @throws IllegalArgumentException if these are not the bytes of a model
   */
  public static byte[] only(byte[] model, Set<String> outputs) {
    ByteArrayOutputStream narrowed = new ByteArrayOutputStream(model.length);
    ByteBuffer all = ByteBuffer.wrap(model);
    while (all.hasRemaining()) {
      Field field = Field.next(all);
      if (field.number() == GRAPH && field.wire() == LENGTH) {
        byte[] graph = graph(field.content(), outputs);
        writeVarint(narrowed, (GRAPH << 3) | LENGTH);
        writeVarint(narrowed, graph.length);
        narrowed.writeBytes(graph);
      } else {
        field.copyTo(narrowed);
      }
    }
    return narrowed.toByteArray();
  }

  private static byte[] graph(ByteBuffer graph, Set<String> outputs) {
    ByteArrayOutputStream narrowed = new ByteArrayOutputStream(graph.remaining());
    while (graph.hasRemaining()) {
      Field field = Field.next(graph);
      if (field.number() != OUTPUT || outputs.contains(name(field.content()))) {
        field.copyTo(narrowed);
      }
    }
    return narrowed.toByteArray();
  }

  private static String name(ByteBuffer value) {
    while (value.hasRemaining()) {
      Field field = Field.next(value);
      if (field.number() == NAME) {
        return StandardCharsets.UTF_8.decode(field.content()).toString();
      }
    }
    return "";
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int left = value;
    while (left >>> 7 != 0) {
      out.write((left & 127) | 128);
      left >>>= 7;
    }
    out.write(left);
  }

  /**
   * A field where it stands.
   *
   * @param whole with its tag
   * @param content without
   */
  private record Field(int number, int wire, ByteBuffer whole, ByteBuffer content) {
    static Field next(ByteBuffer in) {
      int start = in.position();
      long tag = varint(in);
      int wire = (int) (tag & 7);
      long length =
          switch (wire) {
            case VARINT -> varintLength(in);
            case FIXED_64 -> Long.BYTES;
            case LENGTH -> varint(in);
            case FIXED_32 -> Integer.BYTES;
            default -> throw new IllegalArgumentException("model: a field of kind " + wire);
          };
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("model: a field of " + length + " bytes ends too soon");
      }
      int from = in.position();
      int end = from + (int) length;
      in.position(end);
      return new Field(
          (int) (tag >>> 3), wire, in.slice(start, end - start), in.slice(from, (int) length));
    }

    private static long varintLength(ByteBuffer in) {
      int from = in.position();
      long unused = varint(in);
      int length = in.position() - from;
      in.position(from);
      return length;
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
        byte next = in.get();
        value |= (long) (next & 127) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("model: a number does not end");
    }

    void copyTo(ByteArrayOutputStream out) {
      out.write(whole.array(), whole.arrayOffset(), whole.remaining());
    }
  }
}
