package org.hearsight.datasets.run;

/**
 * Makes pieces and writes their files, one after the other; each batch has one of its own.
 *
 * @param <W> what is wanted of a piece
 * @param <E> what is noted of it
 */
@FunctionalInterface
public interface PieceMaker<W, E> extends AutoCloseable {
  /** Makes a piece; its job decides all that comes out. */
  E make(Job<W> job);

  /** Gives back what the batch shared. */
  @Override
  default void close() {}
}
