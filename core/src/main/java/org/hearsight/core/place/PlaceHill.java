package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.Location;

/**
 * A hill of a map of places: somewhere the hazard may be, apart from other such places.
 *
 * <p>Cells are taken from the most probable down; one beside a hill joins it, one beside none
 * begins another, and two hills that meet become one unless the saddle lies below {@value #SADDLE}
 * of the lower one's top: clusters by the persistence of their tops (Chazal, Guibas, Oudot and
 * Skraba, <i>Persistence-Based Clustering in Riemannian Manifolds</i>, JACM 60(6), 2013).
 * Neighbours share a side or a corner, and azimuth is a circle.
 *
 * @param place of least expected angle, and the median distance, within the hill
 * @param mass its probability
 * @param cells it consists of, the most probable first
 */
public record PlaceHill(Location place, double mass, List<Integer> cells) {
  /** Hills whose saddle is higher than this share of the lower top are one. */
  public static final double SADDLE = 0.5;

  /** What is less probable is not called a hill. */
  public static final double LEAST_MASS = 0.01;

  public PlaceHill {
    cells = List.copyOf(cells);
  }

  /** A map's hills, the heaviest first. */
  static List<PlaceHill> of(PlacePosterior posterior) {
    double[] p = posterior.probabilities();
    Comparator<Integer> falling = Comparator.comparingDouble(cell -> -p[cell]);
    List<Integer> order = IntStream.range(0, p.length).boxed().sorted(falling).toList();
    // Leads from each cell towards the top of its hill; −1 where none has been yet.
    int[] towards = new int[p.length];
    Arrays.fill(towards, -1);
    for (int cell : order) {
      towards[cell] = cell;
      List<Integer> neighbours = neighbours(cell);
      neighbours.sort(falling);
      for (int neighbour : neighbours) {
        if (towards[neighbour] >= 0) {
          meet(towards, top(towards, cell), top(towards, neighbour), cell, p);
        }
      }
    }
    Map<Integer, List<Integer>> cells = new LinkedHashMap<>();
    for (int cell : order) {
      cells.computeIfAbsent(top(towards, cell), top -> new ArrayList<>()).add(cell);
    }
    return cells.values().stream()
        .filter(hill -> mass(hill, p) >= LEAST_MASS)
        .map(hill -> of(hill, posterior))
        .sorted(Comparator.comparingDouble(hill -> -hill.mass()))
        .toList();
  }

  /** Two hills meet at a cell, which may be all there is of one. */
  private static void meet(int[] towards, int a, int b, int saddle, double[] p) {
    int higher = p[a] >= p[b] ? a : b;
    int lower = higher == a ? b : a;
    if (a != b && (lower == saddle || p[saddle] >= SADDLE * p[lower])) {
      towards[lower] = higher;
    }
  }

  private static PlaceHill of(List<Integer> cells, PlacePosterior posterior) {
    double[] alone = new double[PlaceGrid.CELLS];
    double mass = mass(cells, posterior.probabilities());
    for (int cell : cells) {
      alone[cell] = posterior.probability(cell) / mass;
    }
    return new PlaceHill(new PlacePosterior(alone, posterior.rise()).best(), mass, cells);
  }

  private static double mass(List<Integer> cells, double[] p) {
    return cells.stream().mapToDouble(cell -> p[cell]).sum();
  }

  private static int top(int[] towards, int cell) {
    int c = cell;
    while (towards[c] != c) {
      c = towards[c];
    }
    return c;
  }

  private static List<Integer> neighbours(int cell) {
    int azimuth = PlaceGrid.azimuthOf(cell);
    int distance = PlaceGrid.distanceOf(cell);
    List<Integer> neighbours = new ArrayList<>(8);
    for (int da = -1; da <= 1; da++) {
      for (int d = Math.max(0, distance - 1); d <= distance + 1; d++) {
        if (d < PlaceGrid.DISTANCES && (da != 0 || d != distance)) {
          neighbours.add(PlaceGrid.cell(PlaceGrid.turned(azimuth, da), d));
        }
      }
    }
    return neighbours;
  }
}
