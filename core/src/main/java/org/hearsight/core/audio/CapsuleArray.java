package org.hearsight.core.audio;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * A microphone of four or more capsules around one point, whose signals are A-format.
 *
 * <p>To first order a capsule towards the unit vector u gives b₀·W + b₁·u·(X, Y, Z), where b₀ and
 * b₁ depend on frequency alone ({@link RadialFilters}). So the pseudo-inverse of the matrix with
 * the rows (1, u) turns capsule signals into b₀·W and b₁·(Y, Z, X): for four cardioids on a
 * tetrahedron the sums and differences of Gerzon and Craven.
 *
 * <p>Every microphone differs from its maker's drawing: capsules by 1 dB and more in level and
 * pattern, and by frequency. Where the maker or a measurement gives a calibration, use that.
 *
 * @param name of the microphone
 * @param capsules where they look, in the order of the channels
 * @param radius of their membranes from the middle, in metres
 * @param mount what they sit on
 * @param pattern of a capsule in free air: p + (1 − p)·cos, 0.5 is a cardioid; 1 on a sphere
 */
public record CapsuleArray(
    String name, List<Direction> capsules, double radius, Mount mount, double pattern) {
  /** What capsules sit on. */
  public enum Mount {
    /** A frame that sound passes. */
    @JsonProperty("open")
    OPEN,
    /** The surface of a rigid sphere. */
    @JsonProperty("sphere")
    SPHERE
  }

  private static final String REMEDY =
      "write {\"name\": \"mine\", \"capsules\": [{\"azimuth\": 45, \"elevation\": 35.26}, …],"
          + " \"radius\": 0.015, \"mount\": \"open\", \"pattern\": 0.5}";

  private static final List<CapsuleArray> PRESETS =
      Json.resource(CapsuleArray.class, "microphones.json", new TypeReference<>() {});

  /** Beyond it errors of the capsules grow too much in a direction that none looks to. */
  private static final double WORST_CONDITION = 10;

  public CapsuleArray {
    FieldValues.text("name", name);
    if (capsules == null || capsules.size() < Foa.CHANNELS) {
      throw new IllegalArgumentException(
          "capsules: " + (capsules == null ? "missing" : capsules.size()) + ", expected 4 or more");
    }
    capsules = List.copyOf(capsules);
    FieldValues.within("radius", radius, 0, 0.1);
    if (mount == null) {
      throw new IllegalArgumentException("mount: missing, expected open or sphere");
    }
    if (mount == Mount.SPHERE) {
      FieldValues.within("pattern", pattern, 1, 1);
      FieldValues.within("radius", radius, 0.005, 0.1);
    } else {
      FieldValues.within("pattern", pattern, 0.2, 0.8);
    }
    if (inverse(capsules) == null) {
      throw new IllegalArgumentException(
          "capsules: their directions lie near a plane, or look all one way");
    }
  }

  /**
   * The pseudo-inverse of {@link #rows}, [4][capsules]; null where the capsules do not span the
   * space.
   */
  private static double[][] inverse(List<Direction> capsules) {
    double[][] rows = rows(capsules);
    int n = Foa.CHANNELS;
    double[][] normal = new double[n][2 * n];
    double size = 0;
    for (int i = 0; i < n; i++) {
      normal[i][n + i] = 1;
      for (int j = 0; j < n; j++) {
        for (double[] row : rows) {
          normal[i][j] += row[i] * row[j];
        }
        size += normal[i][j] * normal[i][j];
      }
    }
    eliminate(normal);
    double inverse = 0;
    double[][] out = new double[n][rows.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double v = normal[i][n + j];
        inverse += v * v;
        for (int c = 0; c < rows.length; c++) {
          out[i][c] += v * rows[c][j];
        }
      }
    }
    return Math.sqrt(size * inverse) <= WORST_CONDITION * WORST_CONDITION ? out : null;
  }

  /** Gauss and Jordan, with the largest pivot of a column; a singular matrix gives no numbers. */
  private static void eliminate(double[][] m) {
    for (int k = 0; k < m.length; k++) {
      int best = k;
      for (int i = k + 1; i < m.length; i++) {
        best = Math.abs(m[i][k]) > Math.abs(m[best][k]) ? i : best;
      }
      double[] pivot = m[best];
      m[best] = m[k];
      m[k] = pivot;
      double scale = 1 / pivot[k];
      for (int j = 0; j < pivot.length; j++) {
        pivot[j] *= scale;
      }
      for (int i = 0; i < m.length; i++) {
        double factor = m[i][k];
        for (int j = 0; i != k && j < pivot.length; j++) {
          m[i][j] -= factor * pivot[j];
        }
      }
    }
  }

  /** What each capsule takes of W, Y, Z and X, but for b₀ and b₁. */
  private static double[][] rows(List<Direction> capsules) {
    double[][] rows = new double[capsules.size()][];
    for (int c = 0; c < rows.length; c++) {
      Vec3 u = capsules.get(c).unit();
      rows[c] = new double[] {1, u.y(), u.z(), u.x()};
    }
    return rows;
  }

  /**
   * Reads a description.
   *
   * @throws InputException naming the field that is wrong
   */
  public static CapsuleArray read(Path file) {
    return Json.read(file, CapsuleArray.class, REMEDY);
  }

  /** Names of the microphones that are known. */
  public static List<String> presets() {
    return PRESETS.stream().map(CapsuleArray::name).toList();
  }

  /** The microphone of one of {@link #presets}. */
  static CapsuleArray preset(String name) {
    return PRESETS.stream().filter(p -> p.name.equals(name)).findFirst().orElseThrow();
  }

  /** From the capsules to b₀·W, b₁·Y, b₁·Z, b₁·X; without b₀ and b₁ where the radius is zero. */
  double[][] toHarmonics() {
    double[][] inverse = inverse(capsules);
    for (int k = 0; radius == 0 && k < inverse.length; k++) {
      for (int c = 0; c < inverse[k].length; c++) {
        inverse[k][c] /= k == Foa.W ? pattern : 1 - pattern;
      }
    }
    return inverse;
  }

  /** The other way. */
  double[][] fromHarmonics() {
    double[][] rows = rows(capsules);
    for (double[] row : rows) {
      for (int k = 0; radius == 0 && k < row.length; k++) {
        row[k] *= k == Foa.W ? pattern : 1 - pattern;
      }
    }
    return rows;
  }
}
