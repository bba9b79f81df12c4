package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether four channels can be a sound field in W, Y, Z, X and SN3D, or are dead, copied, in
 * another order, of other levels, or the signals of capsules: a network answers to all of them with
 * the same confidence.
 *
 * <p>In SN3D the velocity channels carry as much power together as W does, wherever sound comes
 * from, from one side or from everywhere, so their ratio stays about the same from one piece of
 * sound to the next; that of any other channel to the remaining three follows the directions.
 * {@link FieldTiles} compares the two: a channel whose ratio is twice as steady and near 1 is the
 * true W. The same holds of the mean of the four signals of a tetrahedral microphone, with a ratio
 * of 1/3. Levels are judged by the median over third octaves from 300 Hz to 3.8 kHz, as walls and
 * microphones make them more or less in single bands; N3D has three times as much.
 *
 * <p>What cannot be told: Y, Z and X among each other, and their signs, are axes of a room that
 * might stand otherwise; a recording with one of them inverted is that of the mirrored room, and
 * one with all or W inverted that of the room turned inside out. Only that the vertical is far
 * quieter than both others in most places gives FuMa's order away, if sound comes from all sides
 * and none from above. FuMa's factor of two in power is within what real recordings in SN3D show.
 * Immutable; for many threads.
 */
public final class SoundField {
  private static final String[] NAMES = {"W", "Y", "Z", "X"};

  /** Power of a channel against the loudest one's, −60 dB: nothing is connected there. */
  private static final double DEAD = 1e-6;

  /** Power of the difference of two channels against their own, −60 dB: one is a copy. */
  private static final double COPIED = 1e-6;

  /** Power of the velocity channels together against W's, as a factor either way. */
  private static final double MOST = 2.75;

  /** Up to here the factor may be the 3 of N3D. */
  private static final double N3D_MOST = 4;

  /** How much steadier another channel's ratio must be than that of W. */
  private static final double STEADIER = 2;

  /** How much louder, in the mean of their shares, Y and Z must be than X for FuMa's order. */
  private static final double QUIET_AXIS = 3.5;

  /** How much a share must vary, between the quartiles, for sound to come from many sides. */
  private static final double MANY_SIDES = 0.3;

  /** Mean square below which a microphone may hear nothing but its own noise, −60 dB. */
  private static final double QUIET = 1e-6;

  private SoundField() {}

  /**
   * What speaks against four channels being a sound field, one line for people; empty if nothing
   * does.
   *
   * @param foa [4][samples] at 24 kHz
   */
  public static Optional<String> doubt(float[][] foa) {
    double[] power = new double[Foa.CHANNELS];
    for (int c = 0; c < power.length; c++) {
      power[c] = power(foa[c]);
    }
    double loudest = Arrays.stream(power).max().orElse(0);
    if (!(loudest > 0)) {
      return Optional.of("all channels are silent");
    }
    List<String> doubts = new ArrayList<>();
    for (int c = 0; c < power.length; c++) {
      if (power[c] <= DEAD * loudest) {
        doubts.add("channel " + name(c) + " is silent");
      } else {
        copy(foa, power, c).ifPresent(doubts::add);
      }
    }
    if (!doubts.isEmpty()) {
      return Optional.of(String.join(", ", doubts) + ": not a sound field in W, Y, Z, X and SN3D");
    }
    return loudest < QUIET * foa[0].length ? Optional.empty() : relations(FieldTiles.of(foa));
  }

  /**
   * What there is to be known of a clip's channels, in one line: notes of its reading and what
   * speaks against a sound field, or that nothing does.
   */
  public static String words(Clip clip) {
    List<String> words = new ArrayList<>();
    for (String note : clip.notes()) {
      words.add(
          note.startsWith(clip.source() + ": ")
              ? note.substring(clip.source().length() + 2)
              : note);
    }
    words.add(
        doubt(clip.foa()).orElse("nothing speaks against a sound field in W, Y, Z, X and SN3D"));
    return String.join("; ", words);
  }

  private static String name(int channel) {
    return (channel + 1) + " (" + NAMES[channel] + ")";
  }

  /** Which channel before it a channel repeats. */
  private static Optional<String> copy(float[][] foa, double[] power, int c) {
    for (int d = 0; d < c; d++) {
      double product = product(foa[c], foa[d]);
      double same = power[c] + power[d] - 2 * product;
      double opposite = power[c] + power[d] + 2 * product;
      if (Math.min(same, opposite) <= COPIED * power[c]) {
        return Optional.of(
            "channel %s is channel %s%s"
                .formatted(name(c), name(d), same <= opposite ? "" : ", inverted"));
      }
    }
    return Optional.empty();
  }

  /** What the powers of the channels say of their order and levels. */
  private static Optional<String> relations(FieldTiles tiles) {
    if (tiles.areFew()) {
      return Optional.empty();
    }
    double own = Math.min(tiles.unsteadiness(Foa.W, 1), tiles.unsteadiness(Foa.W, 3));
    if (STEADIER * tiles.unsteadiness(FieldTiles.MEAN, 1.0 / 3) < own) {
      return Optional.of(
          "the channels are related as the capsules of a microphone are, not as W, Y, Z and X: read"
              + " them as A-format");
    }
    int steadiest = Foa.W;
    double least = own / STEADIER;
    for (int c = 1; c < Foa.CHANNELS; c++) {
      double other = tiles.unsteadiness(c, 1);
      if (other < least) {
        steadiest = c;
        least = other;
      }
    }
    if (steadiest != Foa.W) {
      return Optional.of(
          "channel %d behaves as W does, and channel 1 does not: they are not in the order W, Y, Z, X"
              .formatted(steadiest + 1));
    }
    double ratio = tiles.level();
    if (ratio > MOST || ratio < 1 / MOST) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Y, Z and X together have %.1f times the power of W: levels that do not fit SN3D%s",
              ratio,
              ratio > MOST && ratio < N3D_MOST ? ", but would fit N3D" : ""));
    }
    double[] share = tiles.shares();
    boolean quiet = Math.min(share[Foa.Y], share[Foa.Z]) > QUIET_AXIS * share[Foa.X];
    return quiet && tiles.wandering() > MANY_SIDES
        ? Optional.of(
            "X is far quieter than Y and Z, as the vertical is in most places: the order may be"
                + " FuMa's W, X, Y, Z")
        : Optional.empty();
  }

  private static double power(float[] channel) {
    return product(channel, channel);
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
