package org.hearsight.learning.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps freed tensors in the process instead of handing them back to the kernel.
 *
 * <p>glibc maps every large block anew and unmaps it when freed, so eager training spends half its
 * time in page faults. With these settings freed memory stays in one heap and is used again, which
 * halves a training step. Only Linux with glibc knows them; elsewhere nothing happens.
 *
 * <p>They reach the main arena only. A thread that allocated before, as the JVM's main thread has,
 * may sit in another, which maps large blocks anew whatever the settings say: the launcher starts
 * the JVM with {@code MALLOC_ARENA_MAX=1}.
 */
public final class NativeMemory {
  // <malloc.h>
  private static final int M_TRIM_THRESHOLD = -1;
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_MAX = -4;
  private static final int M_ARENA_MAX = -8;

  private static final int TOP_PAD_BYTES = 256 << 20;

  private static Outcome outcome;

  private NativeMemory() {}

  /**
   * What {@link #tune()} did.
   *
   * @param applied whether every setting was taken
   * @param detail one line for a report: the settings, or why there are none
   */
  public record Outcome(boolean applied, String detail) {}

  /** Sets the allocator up, once; must run before libtorch allocates its first tensor. */
  public static synchronized Outcome tune() {
    if (outcome == null) {
      outcome = set();
    }
    return outcome;
  }

  private static Outcome set() {
    if (!Platform.isLinux()) {
      return new Outcome(false, "skipped: not Linux");
    }
    NativeLibrary libc;
    String version;
    try {
      libc = NativeLibrary.getInstance("c");
      version = libc.getFunction("gnu_get_libc_version").invokeString(new Object[0], false);
    } catch (UnsatisfiedLinkError e) {
      return new Outcome(false, "skipped: the C library is not glibc");
    }
    Function mallopt = libc.getFunction("mallopt");
    List<String> refused = new ArrayList<>();
    set(mallopt, refused, "M_MMAP_MAX", M_MMAP_MAX, 0);
    // Never: with 2³¹ − 1, the largest number it takes, a step over 2 GiB gives its memory back
    // again.
    set(mallopt, refused, "M_TRIM_THRESHOLD", M_TRIM_THRESHOLD, -1);
    set(mallopt, refused, "M_TOP_PAD", M_TOP_PAD, TOP_PAD_BYTES);
    set(mallopt, refused, "M_ARENA_MAX", M_ARENA_MAX, 1);
    if (!refused.isEmpty()) {
      return new Outcome(false, "glibc " + version + " refused " + String.join(", ", refused));
    }
    return new Outcome(
        true, "glibc " + version + ": M_MMAP_MAX 0, no trimming, M_TOP_PAD 256 MiB, M_ARENA_MAX 1");
  }

  private static void set(Function mallopt, List<String> refused, String name, int key, int value) {
    if (mallopt.invokeInt(new Object[] {key, value}) != 1) {
      refused.add(name);
    }
  }
}
