package org.hearsight.core.checkpoint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import net.razorvine.pickle.IObjectConstructor;
import org.hearsight.core.tensor.DType;

/**
 * The Python names a checkpoint may ask for, and what stands in for them.
 *
 * <p>An allow-list: a pickle can name any Python function, and a name that is not here is refused
 * before its arguments are looked at. Nothing here does more than fill a map or a record.
 */
final class TorchGlobals {
  private static final Map<String, DType> STORAGES =
      Map.of(
          "DoubleStorage", DType.F64,
          "FloatStorage", DType.F32,
          "HalfStorage", DType.F16,
          "BFloat16Storage", DType.BF16,
          "LongStorage", DType.I64,
          "IntStorage", DType.I32,
          "ShortStorage", DType.I16,
          "CharStorage", DType.I8,
          "ByteStorage", DType.U8,
          "BoolStorage", DType.BOOL);

  private static final Set<String> BUILTINS =
      Set.of(
          "bool",
          "bytearray",
          "bytes",
          "complex",
          "float",
          "frozenset",
          "int",
          "list",
          "long",
          "object",
          "set",
          "slice",
          "str",
          "tuple",
          "unicode");

  private static final Set<String> DTYPES =
      Set.of(
          "bfloat16",
          "complex32",
          "float8_e4m3fn",
          "float8_e5m2",
          "uint16",
          "uint32",
          "uint64",
          "bool",
          "complex64",
          "complex128",
          "float16",
          "float32",
          "float64",
          "int8",
          "int16",
          "int32",
          "int64",
          "uint8");

  /** Of NumPy, what makes a number or an array: kept by name, never made. */
  private static final Set<String> ARRAY_MAKERS = Set.of("scalar", "_reconstruct");

  private static final IObjectConstructor TENSOR = TorchGlobals::tensor;
  private static final IObjectConstructor PARAMETER = args -> (TensorRef) args[0];

  private final IntConsumer spend;

  /**
   * @param spend called with how many entries are about to be copied
   */
  TorchGlobals(IntConsumer spend) {
    this.spend = spend;
  }

  /** A storage class, as the first part of a pointer to a storage. */
  record StorageClass(DType dtype) {}

  /**
   * A harmless value that is not a tensor and is kept by name only, or its class.
   *
   * @param name the Python class
   */
  record Opaque(String name) implements IObjectConstructor {
    @Override
    public Object construct(Object[] args) {
      return this;
    }
  }

  /** What stands in for a Python name, or null if it is not on the list. */
  Object find(String module, String name) {
    return switch (module) {
      case "torch", "torch.cuda" -> torch(module, name);
      case "torch._utils" ->
          switch (name) {
            case "_rebuild_tensor", "_rebuild_tensor_v2" -> TENSOR;
            // The second has what the parameter's Python object was given besides: dropped.
            case "_rebuild_parameter", "_rebuild_parameter_with_state" -> PARAMETER;
            default -> null;
          };
      case "torch._tensor" ->
          name.equals("_rebuild_from_type_v2")
              ? (IObjectConstructor) TorchGlobals::typed
              : name.equals("Tensor") ? new Opaque("torch.Tensor") : null;
      case "torch.nn.parameter" ->
          name.equals("Parameter") || name.equals("Buffer") ? new Opaque("torch." + name) : null;
      case "torch.serialization" -> name.equals("_get_layout") ? new Opaque("torch.layout") : null;
      case "numpy" ->
          name.equals("dtype") || name.equals("ndarray") ? new Opaque("numpy." + name) : null;
      case "numpy.core.multiarray", "numpy._core.multiarray" ->
          ARRAY_MAKERS.contains(name) ? new Opaque("a NumPy value") : null;
      case "numpy.dtypes" -> name.endsWith("DType") ? new Opaque("numpy.dtype") : null;
      case "collections" ->
          switch (name) {
            case "OrderedDict" -> (IObjectConstructor) this::orderedDict;
            case "defaultdict" -> (IObjectConstructor) args -> new LinkedHashMap<String, Object>();
            case "Counter" -> new Opaque("collections.Counter");
            default -> null;
          };
      case "builtins", "__builtin__" ->
          name.equals("dict")
              ? (IObjectConstructor) this::orderedDict
              : BUILTINS.contains(name) ? new Opaque(name) : null;
      // How Python 2's protocol writes bytes.
      case "_codecs" -> name.equals("encode") ? new Opaque("bytes") : null;
      default -> null;
    };
  }

  private static Object torch(String module, String name) {
    DType dtype = STORAGES.get(name);
    if (dtype != null) {
      return new StorageClass(dtype);
    }
    if (module.equals("torch") && name.equals("Size")) {
      return (IObjectConstructor) args -> (Object[]) args[0];
    }
    boolean harmless =
        module.equals("torch")
            && (name.equals("device") || name.equals("Tensor") || DTYPES.contains(name));
    return harmless ? new Opaque("torch." + name) : null;
  }

  /** {@code (storage, offset, shape, strides, requires_grad, hooks)}. */
  private static TensorRef tensor(Object[] args) {
    return new TensorRef(
        (StorageRef) args[0],
        integer(args[1]),
        Arrays.stream((Object[]) args[2]).mapToLong(TorchGlobals::integer).toArray(),
        Arrays.stream((Object[]) args[3]).mapToLong(TorchGlobals::integer).toArray());
  }

  /**
   * {@code (function, type, arguments, state)}: a tensor with attributes. The function is one of
   * the two that make tensors, not this one again: nesting it would go as deep as the file likes.
   */
  private static Object typed(Object[] args) {
    IObjectConstructor function = (IObjectConstructor) args[0];
    if (function != TENSOR && function != PARAMETER) {
      throw new IllegalArgumentException("a tensor is made by something else");
    }
    return function.construct((Object[]) args[2]);
  }

  static long integer(Object number) {
    if (number instanceof Integer || number instanceof Long) {
      return ((Number) number).longValue();
    }
    throw new IllegalArgumentException("a size or offset is not a whole number");
  }

  /** Empty, or from pairs as Python 2 wrote it. */
  private Map<String, Object> orderedDict(Object[] args) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (args.length > 0 && args[0] instanceof List<?> pairs) {
      spend.accept(pairs.size());
      for (Object pair : pairs) {
        Object[] entry = pair instanceof List<?> l && l.size() == 2 ? l.toArray() : (Object[]) pair;
        put(map, entry[0], entry[1]);
      }
    }
    return map;
  }

  /**
   * Puts an entry under its key's text: Python's {@code 0} becomes {@code "0"}.
   *
   * <p>Keys of one plain type cannot be chosen to make hashing walk a tree, which has no end if a
   * list holds itself, nor to make the map slow with thousands of keys of one hash.
   *
   * @throws IllegalArgumentException if the key is there already, or is a list or dict
   */
  static void put(Map<String, Object> map, Object key, Object value) {
    if (key instanceof List || key instanceof Map) {
      throw new IllegalArgumentException("a list or dict is used as a key");
    }
    boolean plain = key instanceof String || key instanceof Number || key instanceof Boolean;
    String name = plain ? key.toString() : key == null ? "None" : "key " + map.size();
    if (map.containsKey(name)) {
      throw new IllegalArgumentException("a dict has key " + NamedTensors.quote(name) + " twice");
    }
    map.put(name, value);
  }
}
