package org.hearsight.datasets.run;

/**
 * Makes pieces and writes their files, one after the other; each thread has one of its own for each
 * batch.
 *
 * @param <E> what is noted of a piece
 */
@FunctionalInterface
public interface PieceMaker<E> extends AutoCloseable {
  /** Makes a piece, whose number decides all that comes out. */
  E make(int number);

  /** Gives back what the batch shared. */
  @Override
  default void close() {}
}
