package org.hearsight.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.hearsight.core.checkpoint.TorchGlobals.StorageClass;
import org.hearsight.core.error.InputException;

/**
 * Runs a checkpoint's pickle without running what it asks for.
 *
 * <p>razorvine's {@link Unpickler} decodes the plain opcodes. What it cannot do safely is done or
 * refused here, before it sees the opcode:
 *
 * <ul>
 *   <li>names are looked up in {@link TorchGlobals}, never in its registry, which is static and
 *       open to every other user of the library in this process, and which takes unknown names;
 *   <li>{@code BUILD} would call a {@code __setstate__} method by reflection: the state is dropped;
 *   <li>lengths are trusted and allocated: they are compared with what is left of the file;
 *   <li>dicts lose their order, sets and keys hash whole trees (a stack overflow in three bytes a
 *       level), {@code APPENDS} copies the list each time (quadratic): done here;
 *   <li>the text opcodes of protocols 0 and 1 (numbers of any length, class instances), extension
 *       codes and out-of-band buffers: refused, no PyTorch release writes them.
 * </ul>
 *
 * The number of steps and the height of the stack are bounded, so that memory and time are; nothing
 * walks the result but {@link TorchCheckpoint}, which looks a fixed number of levels down.
 */
final class TorchUnpickler extends Unpickler {
  /** 65,000 tensors' worth; a step makes about a hundred bytes. */
  private static final int MOST_STEPS = 2_000_000;

  private static final int HIGHEST_STACK = 100_000;
  private static final int LONGEST_NAME = 200;
  private static final String DAMAGED = "download the file again; or " + FileFormat.SAVE_AGAIN;

  private final Path file;
  private final String member;
  private final Map<String, StorageRef> storages = new LinkedHashMap<>();
  private final TorchGlobals globals = new TorchGlobals(this::spend);
  private long steps;

  /**
   * @param member the part of the file that is unpickled, for messages
   */
  TorchUnpickler(Path file, String member) {
    this.file = file;
    this.member = member;
  }

  /**
   * Unpickles one object and leaves the stream behind it.
   *
   * @throws InputException if the pickle is damaged, too large, or asks for more than data
   */
  Object read(ByteArrayInputStream in) {
    try {
      return load(in);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException(file, member + " is cut short (or larger than 16 MiB)", DAMAGED, e);
    } catch (IllegalArgumentException e) {
      String reason = e instanceof NumberFormatException ? "" : ": " + e.getMessage();
      throw new InputException(file, member + " is damaged" + reason, DAMAGED, e);
    } catch (RuntimeException e) {
      // Casts and empty stacks inside the library: the opcodes make no sense in this order.
      throw new InputException(file, member + " is damaged or no pickle", DAMAGED, e);
    }
  }

  /** Every storage that was pointed to, by key. */
  Map<String, StorageRef> storages() {
    return storages;
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    spend(1);
    if (stack.size() > HIGHEST_STACK) {
      throw tooLarge("piles up more than " + HIGHEST_STACK + " values");
    }
    switch (opcode) {
      case Opcodes.GLOBAL -> global(line(), line());
      case Opcodes.STACK_GLOBAL -> {
        String name = (String) stack.pop();
        global((String) stack.pop(), name);
      }
      case Opcodes.BUILD -> {
        stack.pop();
        stack.peek();
      }
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<String, Object>());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        Object key = stack.pop();
        TorchGlobals.put(dict(), key, value);
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
          TorchGlobals.put(dict(), items.get(i), items.get(i + 1));
        }
      }
      case Opcodes.EMPTY_SET -> stack.add(new ArrayList<>());
      case Opcodes.FROZENSET -> stack.add(stack.pop_all_since_marker());
      case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        list().addAll(items);
      }
      case Opcodes.BINUNICODE, Opcodes.BINSTRING, Opcodes.BINBYTES -> {
        checkLength(4);
        return super.dispatch(opcode);
      }
      case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> {
        checkLength(8);
        return super.dispatch(opcode);
      }
      case Opcodes.PROTO,
          Opcodes.FRAME,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.POP,
          Opcodes.DUP,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.LONG1,
          Opcodes.BINFLOAT,
          Opcodes.SHORT_BINSTRING,
          Opcodes.SHORT_BINUNICODE,
          Opcodes.SHORT_BINBYTES,
          Opcodes.EMPTY_TUPLE,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.MEMOIZE,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET,
          Opcodes.BINPERSID,
          Opcodes.REDUCE,
          Opcodes.NEWOBJ -> {
        return super.dispatch(opcode);
      }
      default ->
          throw new InputException(
              file,
              "%s uses pickle opcode 0x%02x, which PyTorch does not write"
                  .formatted(member, opcode & 0xff),
              DAMAGED);
    }
    return NO_RETURN_VALUE;
  }

  /** {@code ("storage", class, key, location, elements)}; old files add a view, which is unused. */
  @Override
  protected Object persistentLoad(Object pid) {
    Object[] id = (Object[]) pid;
    if (id.length < 5 || id.length > 6 || !"storage".equals(id[0])) {
      throw new IllegalArgumentException("a pointer to something other than a storage");
    }
    if (id.length == 6 && id[5] != null) {
      throw new IllegalArgumentException("views of storages from before PyTorch 0.4");
    }
    StorageRef ref =
        new StorageRef((String) id[2], ((StorageClass) id[1]).dtype(), TorchGlobals.integer(id[4]));
    StorageRef before = storages.putIfAbsent(ref.key(), ref);
    if (before != null && !before.equals(ref)) {
      throw new IllegalArgumentException(
          "storage " + NamedTensors.quote(ref.key()) + " is described twice, differently");
    }
    return ref;
  }

  private void global(String module, String name) {
    Object stand = globals.find(module, name);
    if (stand == null) {
      throw new InputException(
          file,
          "%s asks for %s, which is not a tensor"
              .formatted(member, NamedTensors.shorten(module + "." + name)),
          "do not open files you do not trust; of one that you do trust, " + FileFormat.SAVE_AGAIN);
    }
    stack.add(stand);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new IOException("end within a name");
      }
      line.append((char) c);
      if (line.length() > LONGEST_NAME) {
        throw new IllegalArgumentException("a Python name of over " + LONGEST_NAME + " letters");
      }
    }
    return line.toString();
  }

  /** Looks at a declared length, unsigned, and leaves the stream where it was. */
  private void checkLength(int width) throws IOException {
    input.mark(width);
    byte[] bytes = PickleUtils.readbytes(input, width);
    long length = 0;
    for (int i = width - 1; i >= 0; i--) {
      length = length << 8 | (bytes[i] & 0xff);
    }
    if (length < 0 || length > input.available()) {
      throw new IOException("declares more bytes than the file has");
    }
    input.reset();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> dict() {
    return (Map<String, Object>) stack.peek();
  }

  @SuppressWarnings("unchecked")
  private List<Object> list() {
    return (List<Object>) stack.peek();
  }

  private void spend(int work) {
    steps += work;
    if (steps > MOST_STEPS) {
      throw tooLarge("takes more than " + MOST_STEPS + " steps");
    }
  }

  private InputException tooLarge(String what) {
    return new InputException(
        file, member + " " + what + ": too large for a state_dict", FileFormat.SAVE_AGAIN);
  }
}
