package org.hearsight.simulator.sound;

import java.nio.file.Path;

/**
 * A recorded sound in a folder of sounds.
 *
 * @param name path below the folder, with forward slashes
 * @param folder name of its class or {@code ambience_…}
 * @param licence as the folder's list of sources says, else {@code unknown}
 * @param scoringOnly may it score but not train what ships?
 * @param originGroup recordings cut from one original; they stay in one split
 */
record Recording(
    Path file,
    String name,
    String folder,
    String licence,
    boolean scoringOnly,
    String originGroup) {
  /** All but where the folder lies: what must be equal for the same seed to give the same bytes. */
  String identity() {
    return String.join("\n", name, licence, String.valueOf(scoringOnly), originGroup, "");
  }
}
