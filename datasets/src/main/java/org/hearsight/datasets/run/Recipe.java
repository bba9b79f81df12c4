package org.hearsight.datasets.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.core.file.Json;

/**
 * What a writer of data sets says of its own: which pieces there are, how one is made, and what the
 * header tells. The rest is {@link DatasetRun}'s.
 *
 * @param <W> what is wanted of a piece
 * @param <E> what is noted of it
 */
public interface Recipe<W, E extends Piece> {
  /** As a user types it; readers of an unfinished folder name it. */
  String command();

  /** What is being done, for the progress bar. */
  String verb();

  /** What the pieces are, plural, as in {@code scenarios}. */
  String pieces();

  /** What {@code dataset.json} will hold, with {@code generator} and {@code seed}. */
  ObjectNode header();

  /** Fields of the header that only the finished pieces tell. */
  default ObjectNode more(List<E> pieces) {
    return Json.object();
  }

  /** How a piece is noted. */
  Class<E> type();

  /** All pieces, in the order of the data set's lists. */
  List<Job<W>> jobs();

  /** Numbers of jobs that share a maker, in the order of work; as a rule each has its own. */
  default List<List<Integer>> batches(List<Job<W>> jobs) {
    return IntStream.range(0, jobs.size()).mapToObj(List::of).toList();
  }

  /** Called once for each batch, by the thread that makes it. */
  PieceMaker<W, E> maker();
}
