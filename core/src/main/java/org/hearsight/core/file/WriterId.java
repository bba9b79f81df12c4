package org.hearsight.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells this process from every other that may write into the same folder, and whether one that did
 * still runs.
 *
 * <p>A process number is not enough: two containers both have process 1, and a number is given anew
 * after a while. So the identity holds the host with its process number space, the number, and when
 * the process began.
 */
final class WriterId {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Path NUMBER_SPACE = Path.of("/proc/self/ns/pid");
  private static final AtomicLong NEXT = new AtomicLong();
  private static final String SPACE = space();
  private static final long PID = ProcessHandle.current().pid();
  private static final long BEGAN = began(ProcessHandle.current());

  /** As {@link #next} makes it. */
  static final Pattern PATTERN =
      Pattern.compile("([0-9a-f]{8})-(\\d{1,18})-([0-9a-z]{1,13})-\\d{1,18}");

  private WriterId() {}

  /** An identity that no other call and no other process gives. */
  static String next() {
    return SPACE + "-" + PID + "-" + Long.toString(BEGAN, 36) + "-" + NEXT.getAndIncrement();
  }

  /** This process, for a person. */
  static String words() {
    return "process " + PID + " on " + host();
  }

  /**
   * May what carries this identity still be written to?
   *
   * @param id matches {@link #PATTERN}
   * @return false only if its process is known to have ended
   */
  static boolean mayBeAlive(String id) {
    Matcher parts = PATTERN.matcher(id);
    if (!parts.matches() || !parts.group(1).equals(SPACE)) {
      return true;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts.group(2)));
    return process
        .filter(ProcessHandle::isAlive)
        .filter(p -> Long.toString(began(p), 36).equals(parts.group(3)))
        .isPresent();
  }

  /** Milliseconds; 0 where the system does not tell. */
  private static long began(ProcessHandle process) {
    return process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
  }

  private static String space() {
    String numbers = "";
    try {
      numbers = Files.readSymbolicLink(NUMBER_SPACE).toString();
    } catch (IOException | UnsupportedOperationException e) {
      numbers = ""; // not Linux: the host's name has to do
    }
    return Sha256.of((host() + " " + numbers).getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }

  /** As the system knows it; asking the network for it can take seconds. */
  private static String host() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) { // not Linux
      return Optional.ofNullable(System.getenv("COMPUTERNAME"))
          .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
          .orElse("localhost");
    }
  }
}
