package org.hearsight.benchmarks.kernel;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.acoustics.SoundPath;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.render.Rendering;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One scene seen and heard: the picture, and the ways of sound from one place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SceneKernels {
  private static final Vec3 SOURCE = new Vec3(9, 4, 0);

  /** Where the scene is. */
  @Param({"OUTDOOR", "INDOOR"})
  public Setting setting;

  private Scene scene;
  private PathFinder finder;

  /** Draws the world. */
  @Setup
  public void draw() {
    Layout layout = Layout.in(setting).get(0);
    scene = layout.draw(new Draw(new SplittableRandom(1)), false);
    finder = new PathFinder(scene, Vec3.ZERO, SOURCE.z());
  }

  /** Colour, depth and occlusion of 224 × 224. */
  @Benchmark
  public Rendering render() {
    return Renderer.render(scene);
  }

  /** What stands still: the graph of edges, the mirrors. */
  @Benchmark
  public PathFinder preparePaths() {
    return new PathFinder(scene, Vec3.ZERO, SOURCE.z());
  }

  /** The ways from one place; a clip asks for 101. */
  @Benchmark
  public List<SoundPath> findPaths() {
    return finder.find(SOURCE);
  }
}
