package org.hearsight.inference.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Narrows an ONNX graph to some of its outputs and to the nodes that they need. ONNX Runtime runs
 * all nodes of a graph, whichever outputs it declares and a call asks for.
 *
 * <p>Fields of the protocol buffer are copied as they are, but for {@code ModelProto.graph.output}
 * and {@code node}; it takes no library for that. What a node's own graph takes from around it is
 * not looked for: a graph with such nodes (If, Loop, Scan) keeps all of them.
 */
public final class GraphOutputs {
  private static final int GRAPH = 7; // of ModelProto
  private static final int NODE = 1; // of GraphProto
  private static final int OUTPUT = 12; // of GraphProto
  private static final int NAME = 1; // of ValueInfoProto
  private static final int NODE_INPUT = 1; // of NodeProto
  private static final int NODE_OUTPUT = 2; // of NodeProto
  private static final int ATTRIBUTE = 5; // of NodeProto
  private static final Set<Integer> ATTRIBUTE_GRAPHS = Set.of(6, 11); // of AttributeProto

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private GraphOutputs() {}

  /**
   * The same model without the other outputs, and without the nodes that they alone need.
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
    List<Field> fields = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    while (graph.hasRemaining()) {
      Field field = Field.next(graph);
      if (field.number() == NODE) {
        nodes.add(Node.of(field));
      }
      if (field.number() != OUTPUT || outputs.contains(name(field.content()))) {
        fields.add(field);
      }
    }
    Set<Field> useless = useless(nodes, outputs);
    ByteArrayOutputStream narrowed = new ByteArrayOutputStream(graph.capacity());
    fields.stream().filter(f -> !useless.contains(f)).forEach(f -> f.copyTo(narrowed));
    return narrowed.toByteArray();
  }

  private static String name(ByteBuffer value) {
    while (value.hasRemaining()) {
      Field field = Field.next(value);
      if (field.number() == NAME) {
        return field.text();
      }
    }
    return "";
  }

  /** Nodes that none of the outputs needs. */
  private static Set<Field> useless(List<Node> nodes, Set<String> outputs) {
    Set<Field> useless = Collections.newSetFromMap(new IdentityHashMap<>());
    if (nodes.stream().anyMatch(Node::holdsGraph)) {
      return useless;
    }
    Set<String> needed = new HashSet<>(outputs);
    for (int i = nodes.size() - 1; i >= 0; i--) { // a node stands behind those that it needs
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
      } else {
        useless.add(node.field());
      }
    }
    return useless;
  }

  /** A node where it stands. */
  private record Node(Field field, List<String> inputs, List<String> outputs, boolean holdsGraph) {
    static Node of(Field field) {
      List<String> inputs = new ArrayList<>();
      List<String> outputs = new ArrayList<>();
      boolean graph = false;
      ByteBuffer node = field.content().duplicate();
      while (node.hasRemaining()) {
        Field part = Field.next(node);
        switch (part.number()) {
          case NODE_INPUT -> inputs.add(part.text());
          case NODE_OUTPUT -> outputs.add(part.text());
          case ATTRIBUTE -> graph |= isGraph(part.content().duplicate());
          default -> {}
        }
      }
      return new Node(field, inputs, outputs, graph);
    }

    private static boolean isGraph(ByteBuffer attribute) {
      while (attribute.hasRemaining()) {
        if (ATTRIBUTE_GRAPHS.contains(Field.next(attribute).number())) {
          return true;
        }
      }
      return false;
    }
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

    String text() {
      return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
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
