package org.hearsight.learning.encode;

import java.io.Closeable;

/** Records of scenes in one {@link RecordFile}, in the scenes' order, whatever they hold. */
public abstract sealed class RecordSet implements Closeable permits EncodedSet, PlaceSet {
  final RecordFile records;

  RecordSet(RecordFile records) {
    this.records = records;
  }

  /** How many scenes are there. */
  public final int size() {
    return records.size();
  }

  /** How many scenes of an earlier run were damaged, or came after one that was. */
  public final int dropped() {
    return records.dropped();
  }

  /**
   * Appends scenes that have a set of their own, as they are.
   *
   * @param from of that set, the first scene to append; all that follow it are appended as well
   * @throws IllegalArgumentException if its records depend on something else than those of this set
   */
  public final void appendAll(RecordSet other, int from) {
    records.appendAll(other.records, from);
  }

  /** Nothing more will be appended; other processes may read from now on. */
  public final void finish() {
    records.finish();
  }

  @Override
  public final void close() {
    records.close();
  }
}
