package org.hearsight.inference.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;

/**
 * An ONNX graph ready to run on the CPU.
 *
 * <p>Any number of threads may {@link #run} one network at once. Native memory is held until {@link
 * #close}, which waits for running calls.
 */
public final class OnnxNetwork implements AutoCloseable {
  private static final String REMEDY =
      "write it again, with 'hearsight train' if it is part of a model, else with 'hearsight"
          + " export'";
  private static final int LONGEST_REASON = 200;

  /** Of a graph, bytes. */
  private static final long LARGEST_IN_MEMORY = 1L << 30;

  private final String source;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Map<String, OnnxPort> inputs;
  private final Map<String, OnnxPort> outputs;
  private final Map<String, String> metadata;
  private final StagingBuffers staging = new StagingBuffers();
  private final CallsInFlight calls;

  private OnnxNetwork(String source, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.source = source;
    this.calls = new CallsInFlight(source);
    this.environment = environment;
    this.session = session;
    this.inputs = OnnxTypes.ports(source, session.getInputInfo());
    this.outputs = OnnxTypes.ports(source, session.getOutputInfo());
    this.metadata = Map.copyOf(session.getMetadata().getCustomMetadata());
  }

  /**
   * Loads a graph.
   *
   * @param file on the disk, or in a jar: that one is read into memory, as the native library knows
   *     nothing of jars
   * @param threads that one {@link #run} may use
   * @throws InputException if the file is missing or no ONNX graph
   */
  public static OnnxNetwork open(Path file, int threads) {
    if (!file.getFileSystem().equals(FileSystems.getDefault())) {
      return open(InputFile.bytes(file, LARGEST_IN_MEMORY), file.toString(), threads);
    }
    long unused = InputFile.size(file);
    return open(
        file.toString(),
        threads,
        (environment, options) -> environment.createSession(file.toString(), options));
  }

  /**
   * Loads a graph from memory.
   *
   * @param name what messages call it
   */
  public static OnnxNetwork open(byte[] model, String name, int threads) {
    return open(name, threads, (environment, options) -> environment.createSession(model, options));
  }

  /**
   * ONNX Runtime's version.
   *
   * @throws InputException if there is no ONNX Runtime for this platform
   */
  public static String runtimeVersion() {
    return OnnxRuntimeLibrary.environment().getVersion();
  }

  @FunctionalInterface
  private interface Loader {
    OrtSession load(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static OnnxNetwork open(String source, int threads, Loader loader) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + ", expected 1 or more");
    }
    Stop.check();
    // Before the options, which load the native library without a word of their own.
    OrtEnvironment environment = OnnxRuntimeLibrary.environment();
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      configure(options, threads);
      session = loader.load(environment, options);
      return new OnnxNetwork(source, environment, session);
    } catch (OrtException e) {
      close(session);
      throw InputException.model(source, "cannot be loaded: " + reason(e), REMEDY, e);
    } catch (InputException e) {
      close(session);
      throw e;
    }
  }

  /**
   * Threads spin between the operators of one run (on a free machine a clip of 5 s takes 1.9 ms and
   * not 2.6 ms) and stop when it ends: an idle network takes no CPU from its neighbours.
   */
  private static void configure(OrtSession.SessionOptions options, int threads)
      throws OrtException {
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    options.addConfigEntry("session.intra_op.allow_spinning", "1");
    options.addConfigEntry("session.force_spinning_stop", "1");
  }

  private static void close(OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close a session", e);
      }
    }
  }

  private static String reason(OrtException e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }

  /** The graph's inputs by name, in its order. */
  public Map<String, OnnxPort> inputs() {
    return Collections.unmodifiableMap(inputs);
  }

  /** The graph's outputs by name, in its order. */
  public Map<String, OnnxPort> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** What the writer put into the file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** What messages call this network: its file. */
  public String source() {
    return source;
  }

  /**
   * Runs the graph once.
   *
   * @param inputs every input of the graph
   * @param wanted names of outputs; none means all
   * @return the wanted outputs, in their order
   * @throws InputException if a name, type or shape does not fit the graph, or ONNX Runtime fails
   *     on it
   * @throws CancellationException if the work is to end ({@link Stop}); a run in hand is finished
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, String... wanted) {
    Map<String, int[]> shapes = new HashMap<>();
    inputs.forEach(
        (name, tensor) -> {
          shapes.put(name, tensor.shape());
          OnnxPort port = this.inputs.get(name);
          if (port != null && port.dtype() != tensor.dtype()) {
            throw refuse(port, "type " + tensor.dtype() + ", expected " + port.dtype());
          }
        });
    return run(
        shapes,
        (name, bytes) -> bytes.put(inputs.get(name).bytes()),
        wanted,
        OnnxNetwork::toTensor);
  }

  /**
   * As {@link #run}, for graphs of floats: each array is copied once on its way in and once on its
   * way out.
   *
   * @return the wanted outputs, row-major
   */
  public Map<String, float[]> runFloats(Map<String, FloatBatch> inputs, String... wanted) {
    Map<String, int[]> shapes = new HashMap<>();
    inputs.forEach(
        (name, batch) -> {
          shapes.put(name, batch.shape());
          OnnxPort port = this.inputs.get(name);
          if (port != null && port.dtype() != DType.F32) {
            throw refuse(port, "type F32, expected " + port.dtype());
          }
        });
    return run(
        shapes,
        (name, bytes) -> {
          FloatBuffer floats = bytes.asFloatBuffer();
          inputs.get(name).items().forEach(floats::put);
        },
        wanted,
        value -> value.getFloatBuffer().array());
  }

  /** Puts an input's elements into native memory. */
  @FunctionalInterface
  private interface Writer {
    void write(String name, ByteBuffer bytes);
  }

  /** Takes an output out of native memory. */
  @FunctionalInterface
  private interface Reader<V> {
    V read(OnnxTensor value);
  }

  private <V> Map<String, V> run(
      Map<String, int[]> shapes, Writer writer, String[] wanted, Reader<V> reader) {
    Stop.check();
    check(shapes);
    Set<String> names = wanted(wanted);
    return calls.call(() -> OnnxRuntimeLibrary.running(() -> run(shapes, writer, names, reader)));
  }

  private <V> Map<String, V> run(
      Map<String, int[]> shapes, Writer writer, Set<String> names, Reader<V> reader) {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    List<ByteBuffer> buffers = new ArrayList<>();
    try {
      for (Map.Entry<String, int[]> input : shapes.entrySet()) {
        String name = input.getKey();
        ByteBuffer bytes = staging.take(bytes(inputs.get(name), input.getValue()));
        buffers.add(bytes);
        writer.write(name, bytes.duplicate().order(bytes.order()));
        tensors.put(
            name,
            OnnxTensor.createTensor(
                environment,
                bytes,
                Arrays.stream(input.getValue()).asLongStream().toArray(),
                OnnxTypes.toOnnx(inputs.get(name).dtype())));
      }
      Map<String, V> results = new LinkedHashMap<>();
      try (OrtSession.Result result = session.run(tensors, names)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          results.put(output.getKey(), reader.read((OnnxTensor) output.getValue()));
        }
      }
      return results;
    } catch (OrtException e) {
      throw InputException.model(source, "cannot be run: " + reason(e), REMEDY, e);
    } finally {
      OnnxValue.close(tensors);
      buffers.forEach(staging::give);
    }
  }

  private int bytes(OnnxPort port, int[] shape) {
    long bytes = port.dtype().bytes();
    for (int size : shape) {
      bytes *= size;
    }
    if (bytes > Integer.MAX_VALUE) {
      throw refuse(port, "shape " + Arrays.toString(shape) + " is more than 2 GiB");
    }
    return (int) bytes;
  }

  private void check(Map<String, int[]> shapes) {
    if (!shapes.keySet().equals(inputs.keySet())) {
      throw InputException.model(
          source,
          "inputs: " + shapes.keySet().stream().sorted().toList() + " given",
          "give " + inputs.keySet());
    }
    Map<String, Integer> free = new HashMap<>();
    for (OnnxPort port : inputs.values()) {
      int[] shape = shapes.get(port.name());
      if (!port.accepts(shape)) {
        throw refuse(port, "shape " + Arrays.toString(shape) + ", expected " + port.shapeText());
      }
      if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
        // ONNX Runtime 1.24 ends the whole process when a recurrent layer gets an empty batch.
        throw refuse(port, "shape " + Arrays.toString(shape) + " has no elements");
      }
      for (int i = 0; i < shape.length; i++) {
        if (port.sizes().get(i) >= 0 || port.axes().get(i).isEmpty()) {
          continue;
        }
        Integer other = free.putIfAbsent(port.axes().get(i), shape[i]);
        if (other != null && other != shape[i]) {
          throw refuse(
              port,
              "shape %s, but another input's '%s' is %d"
                  .formatted(Arrays.toString(shape), port.axes().get(i), other));
        }
      }
    }
  }

  private Set<String> wanted(String[] wanted) {
    Set<String> names =
        wanted.length == 0 ? outputs.keySet() : new LinkedHashSet<>(Arrays.asList(wanted));
    for (String name : names) {
      if (!outputs.containsKey(name)) {
        throw InputException.model(
            source,
            "output '" + name + "': not in the graph, which has " + outputs.keySet(),
            REMEDY);
      }
    }
    return names;
  }

  private InputException refuse(OnnxPort port, String problem) {
    return InputException.model(
        source, "input '" + port.name() + "': " + problem, "give it the shape and type it needs");
  }

  private static Tensor toTensor(OnnxTensor value) {
    TensorInfo info = value.getInfo();
    int[] shape = Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray();
    for (DType type : DType.values()) {
      if (OnnxTypes.toOnnx(type) == info.type) {
        return new Tensor(type, shape, value.getByteBuffer());
      }
    }
    throw new IllegalStateException("unexpected type " + info.type);
  }

  @Override
  public void close() {
    calls.close(() -> close(session));
  }
}
