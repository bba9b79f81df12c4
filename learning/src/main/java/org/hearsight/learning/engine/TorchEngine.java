package org.hearsight.learning.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Stop;

/**
 * libtorch, started once through DJL: offline, without telemetry, with the allocator set up.
 *
 * <p>libtorch is one per process, and so is this: {@link #start(int)} returns the same engine again
 * and only changes the number of threads.
 */
public final class TorchEngine {
  private static final Pattern DEVICE = Pattern.compile("cpu|gpu(?::(\\d{1,3}))?");

  private static TorchEngine instance;

  private final Engine engine;
  private final NativeMemory.Outcome memory;

  private TorchEngine(Engine engine, NativeMemory.Outcome memory) {
    this.engine = engine;
    this.memory = memory;
  }

  /** Starts the engine with as many threads as there are processors. */
  public static TorchEngine start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Starts the engine, or returns the one already running.
   *
   * @param threads that compute one operation
   * @throws InputException if there is no libtorch for this platform
   */
  public static synchronized TorchEngine start(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " is less than 1");
    }
    if (instance == null) {
      NativeMemory.Outcome memory = NativeMemory.tune();
      NativeEnvironment.set();
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("OPT_OUT_TRACKING", "true");
      try {
        instance = new TorchEngine(Engine.getEngine("PyTorch"), memory);
        NativeEnvironment.silence(Path.of(LibUtils.getLibtorchPath()));
      } catch (EngineException | LinkageError e) {
        throw InputException.environment(
            "PyTorch",
            "libtorch does not start on "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + " ("
                + e.getMessage()
                + ")",
            "build on Linux x86-64, macOS arm64 or Windows x86-64, and clear ~/.djl.ai if a copy"
                + " of the library is damaged",
            e);
      }
    }
    JniUtils.setNumThreads(threads);
    return instance;
  }

  /**
   * A manager for arrays that live until it is closed.
   *
   * @throws CancellationException if the work is to end ({@link Stop})
   */
  public NDManager newManager(Device device) {
    Stop.check();
    return engine.newBaseManager(device);
  }

  /** Is it the name of a device, whether or not this machine has it? */
  public static boolean isDeviceName(String name) {
    return DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Finds a device by its name.
   *
   * @param name {@code cpu}, {@code gpu} or {@code gpu:N}
   * @throws InputException if the name is none or the device is absent
   */
  public Device device(String name) {
    Matcher m = DEVICE.matcher(name.toLowerCase(Locale.ROOT));
    if (!m.matches()) {
      throw new InputException("device", "'" + name + "' names no device", "use cpu, gpu or gpu:N");
    }
    if (m.group().equals("cpu")) {
      return Device.cpu();
    }
    int index = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
    int present = engine.hasCapability("CUDA") ? engine.getGpuCount() : 0;
    if (index >= present) {
      throw InputException.environment(
          "device",
          "'" + name + "' is absent: this libtorch sees " + present + " CUDA devices",
          "use cpu, or build with a CUDA libtorch on a machine with that GPU");
    }
    return Device.gpu(index);
  }

  /**
   * Seeds libtorch's generator, which draws the dropout masks.
   *
   * <p>Seeding before every training step, from the run's seed and where in the run the step lies,
   * makes a resumed run draw the masks of an uninterrupted one.
   *
   * <p>libtorch's generator keeps the lower 32 bits of what it is given. So all numbers are mixed
   * into those 32: numbers that differ, wherever they do, give masks that differ, but for one pair
   * in four billion.
   *
   * @param numbers the run's seed, then whatever tells this moment of the run from others
   */
  public void seed(long... numbers) {
    long mixed = 0;
    for (long number : numbers) {
      mixed = new SplittableRandom(mixed ^ number).nextLong();
    }
    JniUtils.setSeed(mixed >>> Integer.SIZE);
  }

  /** Threads that compute one operation. */
  public int threads() {
    return JniUtils.getNumThreads();
  }

  /** What was done about the allocator. */
  public NativeMemory.Outcome memory() {
    return memory;
  }

  /** libtorch's version. */
  public String version() {
    return engine.getVersion();
  }
}
