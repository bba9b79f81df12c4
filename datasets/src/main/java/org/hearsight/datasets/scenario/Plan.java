package org.hearsight.datasets.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.datasets.run.Seeds;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Setting;

/**
 * Who is what: deals classes, visibility, settings, layouts and motions out to the scenarios of a
 * split.
 *
 * <p>Every class (and background) comes once in each round, in shuffled order. The n-th scenario of
 * a class takes the n-th visibility bin, setting, layout and motion in turn, from a place of its
 * own, so that any prefix is nearly balanced; the turns have lengths that share no factor within a
 * setting, so that all combinations come. Of the hidden ones a quarter is outside the view with a
 * free line, the others are behind something.
 */
public final class Plan {
  private static final Cover[] BINS = {Cover.OCCLUDED, Cover.PARTLY, Cover.VISIBLE};

  private Plan() {}

  public static List<Want> of(SimulatorConfig config, Split split, Taxonomy taxonomy) {
    int size = config.run().size(split);
    Random random = new Random(Seeds.of(config.run().seed(), split, -1));
    List<String> classes = classes(config.setting(), taxonomy);
    int[] offset = random.ints(classes.size(), 0, 840).toArray();
    List<Want> wants = new ArrayList<>(size);
    for (int round = 0; wants.size() < size; round++) {
      List<Integer> order = new ArrayList<>();
      for (int c = 0; c < classes.size(); c++) {
        order.add(c);
      }
      Collections.shuffle(order, random);
      for (int c : order) {
        if (wants.size() < size) {
          boolean mirrored = random.nextBoolean();
          wants.add(want(classes.get(c), offset[c] + round, config.setting(), mirrored));
        }
      }
    }
    return wants;
  }

  /** Background first, then what makes sense in the setting. */
  private static List<String> classes(Setting setting, Taxonomy taxonomy) {
    return taxonomy.classes().stream()
        .filter(
            c ->
                c.equals(Taxonomy.BACKGROUND)
                    || (setting != Setting.INDOOR && HazardKind.exists(c, Setting.OUTDOOR))
                    || (setting != Setting.OUTDOOR && HazardKind.exists(c, Setting.INDOOR)))
        .toList();
  }

  private static Want want(String className, int turn, Setting setting, boolean mirrored) {
    Setting where =
        setting == Setting.BOTH ? (turn % 2 == 0 ? Setting.OUTDOOR : Setting.INDOOR) : setting;
    boolean background = className.equals(Taxonomy.BACKGROUND);
    if (!background && !HazardKind.exists(className, where)) {
      where = Setting.OUTDOOR;
    }
    List<Layout> layouts = Layout.in(where);
    int own = setting == Setting.BOTH ? turn / 2 : turn; // how many of the setting came before
    Layout layout = layouts.get(own % layouts.size());
    if (background) {
      return new Want(className, null, where, layout, null, mirrored);
    }
    List<Motion> motions = HazardKind.of(className, where).motions();
    Motion motion = motions.get(own % motions.size());
    Cover cover = BINS[turn % 3];
    int cycle = turn / 3 % 8;
    if (cover == Cover.OCCLUDED && (cycle == 3 || cycle == 6)) {
      cover = Cover.OUTSIDE_VIEW;
    }
    return new Want(className, cover, where, layout, motion, mirrored);
  }
}
