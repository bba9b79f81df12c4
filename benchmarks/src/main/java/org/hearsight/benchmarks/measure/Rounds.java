package org.hearsight.benchmarks.measure;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hearsight.core.metrics.Statistics;

/**
 * Times of the same work here and at a peer, a median a round, milliseconds.
 *
 * @param ours of each round
 * @param peer of the same rounds; empty if there was no peer
 */
public record Rounds(double[] ours, double[] peer) {
  public Rounds {
    if (ours.length == 0 || (peer.length != 0 && peer.length != ours.length)) {
      throw new IllegalArgumentException(
          "rounds: " + ours.length + " of ours, " + peer.length + " of the peer");
    }
  }

  /** Our median. */
  public double ourMedian() {
    return Statistics.median(ours);
  }

  /** The peer's median. */
  public OptionalDouble peerMedian() {
    return peer.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Statistics.median(peer));
  }

  /** How many times longer the peer takes: the median of the rounds' ratios. */
  public OptionalDouble ratio() {
    return peer.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Statistics.median(ratios()));
  }

  /** The ratio of each round; none without a peer. */
  public double[] ratios() {
    return IntStream.range(0, peer.length).mapToDouble(i -> peer[i] / ours[i]).toArray();
  }
}
